"""What goes into the grade book beside the marks."""

from autograder.gradebook.save import auto_comment
from autograder.verdict import SubmissionResult, Verdict, exercise_result


def test_the_comment_on_an_open_mark_is_its_reason():
    values = Verdict(name="total.values", title="Adds", trait="values", state="passed", score=5, max=5)
    race = Verdict(name="total.speed", title="Fast", trait="speed", state="error", max=5, message="It was killed.")
    exercise = exercise_result("total", [values, race])
    result = SubmissionResult(path="a", stage="01_tiny", score=5, max=10, state="error", exercises=[exercise])
    assert auto_comment(exercise, result) == "It was killed."
