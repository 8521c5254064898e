"""The preprocessor that takes the place of nbgrader's SaveAutoGrades: marks go from the judge to the grade book.

It walks the grade book's cells, not the notebook's, so a deleted or doubled cell changes no mark.
"""

import math
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.player import GraderFault
from autograder.verdict import ExerciseResult, SubmissionResult


class SaveVerdicts(NbGraderPreprocessor):
    """Saves `resources["jaxercise"]`. A fault of the grader leaves the mark open and asks for a person."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save the marks of the submission that `resources` names.

        Raises `GraderFault`, and saves nothing, where the grade book has other points than the course.
        """
        details = resources["nbgrader"]
        result: SubmissionResult = resources["jaxercise"]
        exercises = {f"{exercise.name}-check": exercise for exercise in result.exercises}
        with Gradebook(details["db_url"]) as gradebook:
            names = (details["notebook"], details["assignment"], details["student"])
            submission = gradebook.find_submission_notebook(*names)
            refuse_other_points(exercises, {grade.name: grade.max_score for grade in submission.grades}, names[1])
            for grade in submission.grades:
                grade.auto_score = auto_score(exercises.get(grade.name), result, grade.max_score)
                grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
            for comment in submission.comments:
                comment.auto_comment = auto_comment(exercises.get(f"{comment.name}-check"), result)
            gradebook.db.commit()
        return nb, resources


def refuse_other_points(exercises: Mapping[str, ExerciseResult], most: Mapping[str, float], stage: str) -> None:
    """Raise `GraderFault` where the grade book, which gives `most`, was made before the points were changed."""
    for name in most.keys() & exercises.keys():
        if not math.isclose(most[name], exercises[name].max):
            raise GraderFault(
                f"{exercises[name].name} is worth {exercises[name].max:g} points in course.yml and {most[name]:g} in "
                f"the grade book: say `jaxercise build {stage}`, then autograde again"
            )


def auto_score(exercise: ExerciseResult | None, result: SubmissionResult, most: float) -> float | None:
    """The mark for the grade book, within [0, `most`]; None where only a person can say."""
    if exercise is None:
        return None if result.state == "error" else 0.0
    if exercise.state == "error" or not math.isfinite(exercise.score):
        return None
    return min(max(exercise.score, 0.0), most)


def auto_comment(exercise: ExerciseResult | None, result: SubmissionResult) -> str | None:
    """The line that nbgrader shows next to an answer."""
    if exercise is None:
        return result.reason
    if exercise.state == "not_attempted":
        return "No response."
    return next((check.message for check in exercise.checks if check.state == "error"), None)
