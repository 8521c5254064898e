"""Laying the demo course down in a folder: sources, releases, submissions."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from autograder.notebook.read import cell_source, defines
from tests.demo.roster import CLASS, Student

ROOT = Path(__file__).parents[2]
STAGES = sorted({student.stage for student in CLASS})


def lay_course(folder: Path) -> None:
    """A course of the demo's stages in `folder`, not yet built."""
    shutil.rmtree(folder, ignore_errors=True)
    for stage in STAGES:
        for part in ("solutions", "tests/bank"):
            shutil.copytree(
                ROOT / part / stage, folder / part / stage, ignore=shutil.ignore_patterns("*.ipynb", "*.bin")
            )
        (folder / "assignments" / stage).mkdir(parents=True)
        shutil.copy(ROOT / "assignments" / stage / "expected.bin", folder / "assignments" / stage)
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)


def lay_submissions(folder: Path, students: Iterable[Student] = CLASS) -> None:
    """What each student hands in, where `nbgrader collect` would put it."""
    for student in students:
        notebook = submission(folder, student)
        path = folder / "submitted" / student.name / student.stage / f"{student.stage}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook))


def submission(folder: Path, student: Student) -> dict:
    """The student's notebook: the release with answers in it."""
    release = json.loads((folder / "assignments" / student.stage / f"{student.stage}.ipynb").read_text())
    solved = json.loads((folder / "solutions" / student.stage / f"{student.stage}.ipynb").read_text())
    bank = folder / "tests" / "bank" / student.stage
    for cell, solution in zip(release["cells"], solved["cells"], strict=True):
        stub = cell["metadata"].get("nbgrader", {})
        if stub.get("solution"):
            answer = student.answers.get(stub["grade_id"], student.others)
            cell["source"] = source(answer, stub["grade_id"], cell_source(cell), cell_source(solution), bank)
    if student.messy:
        make_messy(release)
    release["cells"] += [code_cell(text) for text in student.extra_cells]
    return release


def source(answer: str, stub: str, empty: str, solution: str, bank: Path) -> str:
    """The text of a solution cell."""
    if answer in ("solution", "stub"):
        return solution if answer == "solution" else empty
    if answer == "right":
        return sorted((bank / stub / "right").glob("*.py"))[0].read_text()
    if answer.startswith("wrong/"):
        return (bank / stub / f"{answer}.py").read_text()
    return answer


def make_messy(notebook: dict) -> None:
    """What a foreign tool and a hurried student do to a notebook."""
    checks = [c for c in notebook["cells"] if not cell_source(c).startswith("check(")]
    notebook["cells"] = checks[::-1]
    notebook["metadata"] = {"colab": {"provenance": []}, "vscode": {"interpreter": {"hash": "0"}}}
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"colab_type": "code"}
        cell["source"] = cell_source(cell).replace("\n", "\r\n")
    imports = next(c for c in notebook["cells"] if defines(cell_source(c), "jax") or "import jax" in cell_source(c))
    notebook["cells"].remove(imports)


def code_cell(text: str) -> dict:
    """A cell the student added."""
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
