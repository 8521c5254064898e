"""One set of checks: pytest gives the verdicts of the notebook; tests/bank has those of the judge.

Speed checks race different rivals (a plain loop, the reference) and are left out; tests/bank judges them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.bank import read_bank
from autograder.course import Course
from autograder.selfcheck.local import check_names, names_of
from autograder.stage import load_stage
from autograder.verdict import ExerciseResult

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
STUBS = [(stage, stub) for stage in ("01_prng", "05_vmap") for stub in COURSE.stages[stage].exercises]
OUTCOME = {"passed": "passed", "failed": "failed", "not_attempted": "skipped", "blocked": "skipped"}


def states(exercise: ExerciseResult) -> dict[str, str]:
    return {check.name: check.state for check in exercise.checks if check.trait != "speed"}


def pytest_outcomes(stage: str, stub: str, path: Path) -> dict[str, str]:
    """By the name of the test: what a student's own `pytest` says."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-rA",
        "--no-header",
        "-k",
        f"test_{stub}",
    ]
    command += [f"--submission={path}", str(ROOT / "assignments" / stage)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT / "assignments" / stage)
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith(("PASSED ", "FAILED ", "SKIPPED "))]
    found = {line[1].split("::")[-1]: line[0].lower() for line in lines if line[0] != "SKIPPED"}
    assert found or "skipped" in done.stdout, done.stdout + done.stderr
    return found


@pytest.mark.parametrize(("stage", "stub"), STUBS, ids=[f"{stage}/{stub}" for stage, stub in STUBS])
def test_pytest_says_what_the_notebook_says(stage, stub):
    """In a process of its own, on the first wrong and the first right answer: the plugin runs the notebook's code."""
    release = load_stage(ROOT / "assignments" / stage)
    bank = [answer for answer in read_bank(ROOT / "tests" / "bank" / stage) if answer.stub == stub]
    for answer in (next(a for a in bank if a.right), next(a for a in bank if not a.right)):
        names, failures = names_of(answer.path, release)
        (checked,) = check_names(release, names, [stub], failures)
        by_test = {check.name: check.function.__name__ for check in release.checks[stub]}
        expected = {by_test[c.name]: OUTCOME[c.state] for c in checked.checks if c.trait != "speed"}
        found = pytest_outcomes(stage, stub, answer.path)
        speed = {by_test[c.name] for c in release_speed(release, stub)}
        assert {k: v for k, v in found.items() if k not in speed} == {
            k: v for k, v in expected.items() if v != "skipped"
        }, answer.name


def release_speed(stage, stub) -> list:
    return [check for check in stage.checks[stub] if check.trait == "speed"]
