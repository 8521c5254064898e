"""What goes into the grade book beside the marks."""

from autograder.gradebook.save import auto_comment, refuse_other_points
from autograder.verdict import SubmissionResult, Verdict, exercise_result


def test_the_comment_on_an_open_mark_is_its_reason():
    values = Verdict(name="total.values", title="Adds", trait="values", state="passed", score=5, max=5)
    race = Verdict(name="total.speed", title="Fast", trait="speed", state="error", max=5, message="It was killed.")
    exercise = exercise_result("total", [values, race])
    result = SubmissionResult(path="a", stage="01_tiny", score=5, max=10, state="error", exercises=[exercise])
    assert auto_comment(exercise, result) == "It was killed."


def test_points_are_the_same_where_they_add_up_as_people_count():
    """In binary three times 0.7 is a little less than 2.1."""
    check = Verdict(name="total.values", title="Adds", trait="values", state="passed", score=0.7, max=0.7)
    refuse_other_points({"total-check": exercise_result("total", [check] * 3)}, {"total-check": 2.1}, "01_tiny")
