"""The release's notebook with a student's answers in it, whatever became of theirs."""

import json

import nbformat
import pytest

from autograder.gradebook.restore import restored
from autograder.gradebook.save import auto_score
from autograder.notebook.read import cell_source
from autograder.verdict import ExerciseResult, SubmissionResult

ANSWER = "def double(x):\n    return x + x"


@pytest.fixture
def release(tiny_course):
    return tiny_course.release("01_tiny") / "01_tiny.ipynb"


@pytest.fixture
def restore(release, tmp_path):
    def restore(change):
        notebook = json.loads(release.read_text())
        cell = next(c for c in notebook["cells"] if c["id"] == "stub-double")
        cell["source"] = ANSWER
        change(notebook)
        path = tmp_path / "01_tiny.ipynb"
        path.write_text(json.dumps(notebook))
        result = restored(path, release)
        nbformat.validate(result)
        return result

    return restore


def answer(notebook) -> str:
    return next(c.source for c in notebook.cells if c.get("id") == "stub-double")


def strip(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")


def retype(notebook):
    strip(notebook)
    notebook["cells"] = [{"cell_type": "code", "metadata": {}, "source": [ANSWER]}]


def shuffle(notebook):
    notebook["cells"] = notebook["cells"][::-1]


def copy_the_empty_stub(notebook):
    empty = {"cell_type": "code", "metadata": {}, "source": "def double(x):\n    raise NotImplementedError()"}
    notebook["cells"] = [empty, *notebook["cells"], empty]


def newer_schema(notebook):
    notebook["nbformat_minor"] = 99
    for cell in notebook["cells"]:
        cell["metadata"]["nbgrader"] = {
            "schema_version": 99,
            "grade_id": cell["metadata"].get("nbgrader", {}).get("grade_id"),
        }


def tamper_with_a_locked_cell(notebook):
    cell = next(c for c in notebook["cells"] if c["id"] == "check-double")
    cell["source"] = "print('10 of 10')"
    cell["metadata"]["nbgrader"]["points"] = 1000


@pytest.mark.parametrize(
    "change", [strip, retype, shuffle, copy_the_empty_stub, newer_schema, tamper_with_a_locked_cell]
)
def test_the_answer_is_found_and_locked_cells_come_back(restore, release, change):
    notebook = restore(change)
    assert answer(notebook) == ANSWER
    original = {c["id"]: c for c in json.loads(release.read_text())["cells"]}
    for cell in notebook.cells:
        if cell.get("id") in original and cell.id != "stub-double":
            assert cell.source == cell_source(original[cell.id])
            assert cell.metadata == original[cell.id]["metadata"]


def test_of_two_answers_the_last_is_shown(restore):
    def try_twice(notebook):
        place = next(i for i, c in enumerate(notebook["cells"]) if c["id"] == "stub-double")
        first = notebook["cells"][place] | {"source": "def double(x):\n    return x * x", "id": "first-try"}
        notebook["cells"].insert(place, first)

    assert answer(restore(try_twice)) == ANSWER


def test_an_old_notebook_is_shown_too(release, tmp_path):
    sheet = {"cells": [{"cell_type": "code", "input": ANSWER, "language": "python"}]}
    path = tmp_path / "01_tiny.ipynb"
    path.write_text(json.dumps({"worksheets": [sheet], "nbformat": 3}))
    assert answer(restored(path, release)) == ANSWER


def test_cells_of_their_own_are_kept_for_the_reader(restore):
    notebook = restore(lambda n: n["cells"].append({"cell_type": "code", "metadata": {}, "source": "helper = 1"}))
    assert notebook.cells[-1].source == "helper = 1"


def test_an_unreadable_notebook_gives_the_release_with_a_note(release, tmp_path):
    path = tmp_path / "01_tiny.ipynb"
    path.write_text('{"cells": [')
    notebook = restored(path, release)
    assert "could not be read" in notebook.cells[0].source


def result(state: str) -> SubmissionResult:
    return SubmissionResult(path="x", stage="01_tiny", score=0, max=20, state=state, exercises=[])


@pytest.mark.parametrize(
    ("score", "state", "mark"),
    [
        (5, "failed", 5),
        (10, "passed", 10),
        (99, "passed", 10),
        (-1, "failed", 0),
        (float("nan"), "failed", None),
        (0, "error", None),
    ],
)
def test_marks_are_clamped_and_faults_leave_them_open(score, state, mark):
    exercise = ExerciseResult(name="double", score=score, max=10, state=state, checks=[])
    assert auto_score(exercise, result("graded"), 10) == mark


def test_a_cell_without_a_result_is_zero_and_open_where_the_grader_failed():
    assert auto_score(None, result("graded"), 10) == 0
    assert auto_score(None, result("error"), 10) is None
