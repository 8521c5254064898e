"""A class that is interrupted is continued: nothing is judged twice, nothing is lost, nobody is blamed."""

import contextlib
import json
import random
import shutil
import signal
import site
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from autograder.authoring.build import build_stage
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.judge.session import Session
from tests.stored import stored

ANSWERS = {
    "right": "def double(x):\n    return 2 * x\ndef total(xs):\n    return xs.sum()\n",
    "wrong": "def double(x):\n    return x * x\ndef total(xs):\n    return xs.sum()\n",
    "empty": "",
    "ends": "import os\ndef double(x):\n    os._exit(0)\ndef total(xs):\n    return xs.sum()\n",
}
MARKS = {"right": 20, "wrong": 10, "empty": 0, "ends": 10}


@pytest.fixture
def course(tiny_course, tmp_path) -> Course:
    """A course of its own, since these tests change it."""
    folder = tmp_path / "course"
    shutil.copytree(tiny_course.root, folder, ignore=shutil.ignore_patterns(".jaxercise", "*.sqlite*"))
    return Course.load(folder)


def hand_in(folder: Path, count: int) -> dict[Path, int]:
    """That many submissions, no two alike, and the mark of each."""
    marks = {}
    for number in range(count):
        kind = list(ANSWERS)[number % len(ANSWERS)]
        path = folder / f"{number:04}_{kind}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"number = {number}\n{ANSWERS[kind]}")
        marks[path] = MARKS[kind]
    return marks


def command(course: Course, folder: Path) -> list[str]:
    options = ["--json", "--stage", "01_tiny", "--course", str(course.root)]
    return [sys.executable, "-c", "from autograder.cli import run; run()", "grade", str(folder), *options]


def judged(judge: Judge, path: Path) -> list[str]:
    """The stubs that had to be judged for this submission."""
    seen: list[str] = []

    def note(self: Session, stubs: list[str]):
        seen.extend(stubs)
        return real(self, stubs)

    real = Session.judge
    with mock.patch.object(Session, "judge", note):
        judge.grade(path, "01_tiny")
    return seen


def test_what_was_judged_is_not_judged_again(course, tmp_path):
    (path,) = hand_in(tmp_path / "class", 1)
    copy = shutil.copy(path, tmp_path / "class" / "copy.py")
    with Judge(course) as judge:
        assert judged(judge, path) == ["double", "total"]
        assert judged(judge, path) == []
        assert judged(judge, Path(copy)) == []
    with Judge(course) as judge:
        assert judged(judge, path) == []
    with Judge(course, reuse=False) as judge:
        assert judged(judge, path) == ["double", "total"]


@pytest.mark.parametrize(
    ("before", "after", "redone"),
    [
        pytest.param("draw(rng, 7)", "draw(rng, 9)", ["total"], id="a check"),
        pytest.param("Double is not square", "Doubling is not squaring", ["double"], id="a lesson"),
    ],
)
def test_a_change_redoes_only_what_it_touches(course, tmp_path, before, after, redone):
    (path,) = hand_in(tmp_path / "class", 1)
    with Judge(course) as judge:
        judged(judge, path)
    checks = course.sources("01_tiny") / "test_01_tiny.py"
    checks.write_text(checks.read_text().replace(before, after))
    build_stage(course, "01_tiny")
    with Judge(course) as judge:
        assert judged(judge, path) == redone


def test_a_package_that_is_installed_since_has_all_judged_anew(course, tmp_path, monkeypatch):
    """A student who imports it failed before."""
    (path,) = hand_in(tmp_path / "class", 1)
    (tmp_path / "site").mkdir()
    folders = [*site.getsitepackages(), str(tmp_path / "site")]
    monkeypatch.setattr("site.getsitepackages", lambda: folders)
    with Judge(course) as judge:
        judged(judge, path)
    (tmp_path / "site" / "einops-0.8.1.dist-info").mkdir()
    with Judge(course) as judge:
        assert judged(judge, path) == ["double", "total"]
        assert judged(judge, path) == []


def test_killed_at_any_moment_it_goes_on_where_it_was(course, tmp_path):
    """Ten times kill -9 at a random moment, then one run to the end; tests/bench/load.py kills twenty times."""
    marks = hand_in(tmp_path / "class", 24)
    moments = random.Random(0)
    counts = [0]
    for _ in range(10):
        process = subprocess.Popen(
            command(course, tmp_path / "class"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # Somewhere between the start and the third result of this run.
        enough, deadline = counts[-1] + 2 * moments.randint(0, 2), time.monotonic() + 60
        while stored(course.root, "*") < enough and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 0.3))
        process.kill()
        process.wait()
        counts.append(stored(course.root, "*"))
    done = subprocess.run(command(course, tmp_path / "class"), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    submissions = json.loads(done.stdout)["submissions"]
    assert {Path(s["path"]): s["score"] for s in submissions} == marks
    assert {s["state"] for s in submissions} == {"graded"}
    assert len(submissions) == len(marks)
    assert counts == sorted(counts), "results were lost"
    assert 0 < counts[-1] < 2 * len(marks), "the kills came too early or too late to mean anything"


def test_stopped_from_the_keyboard_it_ends_soon_and_says_how_to_go_on(course, tmp_path):
    marks = hand_in(tmp_path / "class", 24)
    python, option, program, *arguments = command(course, tmp_path / "class")
    # A shell may have the key ignored by what it starts in the background.
    heeding = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {program}"
    process = subprocess.Popen([python, option, heeding, *arguments], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    process.stderr.readline()  # the first result
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "say the same again" in said
    assert "Traceback" not in said
    assert 0 < stored(course.root, "DISTINCT submission") < len(marks), "it went on to the end"


def fill(path: Path) -> None:
    """Write until the file system is full."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def test_a_full_disk_costs_no_marks(course, tmp_path):
    """The state's folder on a file system that is full after a few results."""
    state = course.root / ".jaxercise"
    state.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(state)], capture_output=True
    ).returncode
    if mounted:
        pytest.skip("needs to mount a file system of limited size")
    try:
        marks = hand_in(tmp_path / "class", 4)
        (state / "ballast").write_bytes(b"x" * 350_000)
        with Judge(course) as judge:
            first = judge.grade(next(iter(marks)), "01_tiny")
            fill(state / "ballast")
            with pytest.warns(UserWarning, match="could not be written"):
                results = [first, *(judge.grade(path, "01_tiny") for path in list(marks)[1:])]
        assert [r.score for r in results] == list(marks.values())
        assert {r.state for r in results} == {"graded"}
    finally:
        subprocess.run(["umount", "-l", str(state)], check=True)


def test_a_clock_that_jumps_changes_nothing(course, tmp_path):
    """A day to and fro, at every look at the clock on the wall."""
    marks = hand_in(tmp_path / "class", 4)
    days = random.Random(0)

    def jumping() -> float:
        return 1.8e9 + 86400 * days.randint(-1, 1)

    with mock.patch("time.time", jumping), Judge(course) as judge:
        results = {Path(result.path): result for result in judge.grade_many(marks, "01_tiny")}
    assert {path: result.score for path, result in results.items()} == marks
    assert {result.state for result in results.values()} == {"graded"}
