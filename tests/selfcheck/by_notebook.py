"""What `check("stub")` says of answers, each run as a cell in the assignment's folder: a process for test_runtimes.

Usage: python -m tests.selfcheck.by_notebook STUB FOLDER ANSWER...; prints {answer: {check: state}} as JSON.
"""

import json
import os
import sys
from pathlib import Path
from unittest import mock

from IPython.core.interactiveshell import InteractiveShell

from autograder.report.html import exercises_html
from autograder.selfcheck import notebook
from autograder.verdict import ExerciseResult


def checked(stub: str, answer: Path) -> dict[str, str]:
    """The states by check, in this folder."""
    shell = InteractiveShell()
    shown: list[ExerciseResult] = []

    def keep(results: list[ExerciseResult]) -> str:
        shown.extend(results)
        return exercises_html(results)

    shell.run_cell(answer.read_text(), silent=True)
    with (
        mock.patch("IPython.core.getipython.get_ipython", return_value=shell),
        mock.patch("IPython.display.display"),
        mock.patch.object(notebook, "exercises_html", keep),
    ):
        notebook.check(stub)
    [exercise] = shown
    return {check.name: check.state for check in exercise.checks}


if __name__ == "__main__":
    stub, folder, *answers = sys.argv[1:]
    os.chdir(folder)
    found = {answer: checked(stub, Path(answer)) for answer in answers}
    print("\n" + json.dumps(found))
