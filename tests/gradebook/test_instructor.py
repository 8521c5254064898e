"""An instructor's way, with stock nbgrader commands and the shipped configuration, exchange included."""

import csv
import json
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.build import command_environment
from autograder.sandbox import bubblewrap

STAGE = "01_tiny"
ANSWER = "def double(x):\n    return x + x"

pytestmark = pytest.mark.skipif(bubblewrap.why_unavailable() is not None, reason="bubblewrap does not work here")


@pytest.fixture(scope="module")
def course(tiny_course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(
        tiny_course.root, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("gradebook.db", ".jaxercise")
    )
    return folder


@pytest.fixture(scope="module")
def nbgrader(course, tmp_path_factory):
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    environment = command_environment() | {"JUPYTER_DATA_DIR": str(tmp_path_factory.mktemp("jupyter"))}

    def run(*arguments: str, folder=course, status: int = 0, **more: str) -> str:
        command = [sys.executable, "-m", "nbgrader", *arguments, f"--Exchange.root={exchange}"]
        command += ["--CourseDirectory.course_id=jaxercise"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment | more)
        assert done.returncode == status, done.stderr[-3000:]
        return done.stderr

    return run


def hand_in(folder, change) -> None:
    path = folder / f"{STAGE}.ipynb"
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))


def answer(notebook) -> None:
    next(c for c in notebook["cells"] if c["id"] == "stub-double")["source"] = ANSWER


def test_from_generate_to_export(nbgrader, course, tmp_path):
    nbgrader("generate_assignment", STAGE, "--force")
    nbgrader("release_assignment", STAGE)
    nbgrader("fetch_assignment", STAGE, folder=tmp_path)
    hand_in(tmp_path / STAGE, answer)
    nbgrader("submit", STAGE, folder=tmp_path)
    nbgrader("collect", STAGE)
    (student,) = (path.name for path in (course / "submitted").iterdir())
    for name, text in {
        "broken": '{"cells": [',
        "empty": (course / "assignments" / STAGE / f"{STAGE}.ipynb").read_text(),
    }.items():
        (course / "submitted" / name / STAGE).mkdir(parents=True)
        (course / "submitted" / name / STAGE / f"{STAGE}.ipynb").write_text(text)
    (course / "submitted" / "empty" / STAGE / "ipykernel_launcher.py").write_text("raise SystemExit")
    (course / "submitted" / "misnamed" / STAGE).mkdir(parents=True)
    (course / "submitted" / "misnamed" / STAGE / "report.pdf").touch()
    said = nbgrader("autograde", STAGE)
    assert f"misnamed/{STAGE} has no {STAGE}.ipynb, only: report.pdf" in said
    assert said.count("Not graded: ") == 1
    nbgrader("generate_feedback", STAGE)
    nbgrader("release_feedback", STAGE, f"--student={student}")  # stock: only for what came through `submit`
    nbgrader("export")
    with (course / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {student: 10, "broken": 0, "empty": 0}
    page = (course / "feedback" / student / STAGE / f"{STAGE}.html").read_text()
    assert 'data-state="passed"' in page
    assert "TWO * x" not in page
    assert "could not be read" in (course / "feedback" / "broken" / STAGE / f"{STAGE}.html").read_text()
    assert "broken: a mark is open" in said
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        (notebook,) = gradebook.find_submission(STAGE, "broken").notebooks
        assert all(grade.needs_manual_grade and grade.auto_score is None for grade in notebook.grades)


def test_who_hands_in_again_is_graded_again_and_a_fault_takes_no_mark(nbgrader, course):
    nbgrader("generate_assignment", STAGE, "--force")
    release = course / "assignments" / STAGE / f"{STAGE}.ipynb"
    names = ("again_one", "again_two")
    folders = [course / "submitted" / name / STAGE for name in names]
    for day in (1, 2):
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(release, folder)
            (folder / "timestamp.txt").write_text(f"2026-11-0{day} 12:00:00 UTC")
            if day == 2:
                hand_in(folder, answer)
        nbgrader("autograde", STAGE)
    assert marks(course, names) == [10, 10]

    manifest = course / "course.yml"
    checks = course / "solutions" / STAGE / f"test_{STAGE}.py"
    before = {file: file.read_text() for file in (manifest, checks)}
    for more, points, why in (
        (20, 0, "in course.yml 30"),  # the checks do not add up to it: the judge cannot start
        (2, 2, "say `jaxercise build 01_tiny`"),  # they do, and it was not built
    ):
        manifest.write_text(before[manifest].replace("double: 10", f"double: {10 + more}"))
        checks.write_text(before[checks].replace("points=6", f"points={6 + points}"))
        assert why in nbgrader("autograde", STAGE, "--force", "--student=again_one", status=1)
        for file, text in before.items():
            file.write_text(text)
        assert marks(course, names) == [10, 10]
    nbgrader("autograde", STAGE)
    assert marks(course, names) == [10, 10]


def test_only_a_one_takes_the_walls_away_and_log_and_feedback_say_so(nbgrader, course):
    nbgrader("generate_assignment", STAGE, "--force")
    (course / "submitted" / "bare" / STAGE).mkdir(parents=True)
    shutil.copy(course / "assignments" / STAGE / f"{STAGE}.ipynb", course / "submitted" / "bare" / STAGE)
    for value, times in (("0", 0), ("1", 1)):
        said = nbgrader("autograde", STAGE, "--force", "--student=bare", JAXERCISE_UNSAFE_NO_SANDBOX=value)
        assert said.count("student code runs unprotected") == times
        shown = (course / "autograded" / "bare" / STAGE / f"{STAGE}.ipynb").read_text()
        assert shown.count("Judged without a sandbox") == 2 * times


CLICKS = """
import time
import psutil
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py").load_config())
for student in ("one", "two"):
    done = api.autograde("01_tiny", student)
    assert done["success"], done["log"]
_, running = psutil.wait_procs(psutil.Process().children(), timeout=30)
print(running)
"""


def test_a_click_in_the_formgrader_leaves_nothing_running(nbgrader, course):
    nbgrader("generate_assignment", STAGE, "--force")
    for name in ("one", "two"):
        (course / "submitted" / name / STAGE).mkdir(parents=True)
        shutil.copy(course / "assignments" / STAGE / f"{STAGE}.ipynb", course / "submitted" / name / STAGE)
    server = subprocess.run([sys.executable, "-c", CLICKS], cwd=course, capture_output=True, text=True)
    assert server.stdout == "[]\n", server.stderr[-3000:]


def marks(course, names) -> list[float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return [gradebook.find_submission(STAGE, name).score for name in names]
