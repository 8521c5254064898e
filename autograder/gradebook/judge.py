"""The preprocessor in place of nbgrader's Execute: no kernel, the judge's verdicts below the check cells."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.gradebook.exporter import WITHOUT_WALLS, SubmissionExporter
from autograder.player import GraderFault
from autograder.report.html import exercises_html, problem_html


class JudgeSubmission(NbGraderPreprocessor):
    """Puts each exercise's verdicts under its check cell and the result into `resources["jaxercise"]`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Show the result of the submission that `resources` names.

        Raises `GraderFault` where nothing of it could be judged: nbgrader says so and leaves the marks as they are.
        """
        details = resources["nbgrader"]
        assert isinstance(self.parent, SubmissionExporter)
        result = self.parent.result(details["assignment"], details["student"], details["notebook"])
        if result.fault and not result.exercises:
            raise GraderFault(result.reason)
        if result.state == "error":
            self.log.error(f"{details['student']}: a mark is open, and a person has to give it. {result.reason}")
        resources["jaxercise"] = result
        bare = "" if self.parent.walls else problem_html("Judged without a sandbox:", f"{WITHOUT_WALLS}=1 was set.")
        shown = {f"{exercise.name}-check": exercises_html([exercise]) + bare for exercise in result.exercises}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs = []
            cell.execution_count = None
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            html = shown.get(grade_id)
            if html is None and grade_id is not None and grade_id.endswith("-check") and result.reason:
                html = problem_html("Not graded.", result.reason)
            if html is not None:
                cell.outputs = [new_output("display_data", {"text/html": html})]
        return nb, resources
