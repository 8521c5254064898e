"""One set of checks, three runtimes: notebook, pytest and judge say the same of right and wrong answers.

The judge runs on the public seed here, since an answer near a tolerance may differ between inputs. Speed checks race
other rivals in a self-check (a plain loop) than in the judge (the reference) and are left out; tests/bank judges them.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import pytest

from autograder.authoring.bank import Answer, read_bank
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.notebook.read import read_cells
from autograder.sandbox import bubblewrap
from autograder.selfcheck.local import PUBLIC_SEED
from autograder.stage import Stage, load_stage

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
STUBS = [(stage, stub) for stage in ("01_prng", "05_vmap") for stub in COURSE.stages[stage].exercises]
# pytest has one word for a check that was not run.
OUTCOME = {"passed": "passed", "failed": "failed", "not_attempted": "skipped", "blocked": "skipped", "error": "error"}
# Compiling is nearly all that these tests do: compile fast, and keep what was compiled for the next runtime.
COMPILE_LESS = {"XLA_FLAGS": "--xla_backend_optimization_level=0", **bubblewrap.CACHE_ALL}


@pytest.fixture(scope="module")
def public_judge() -> Iterator[Judge]:
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    with mock.patch("autograder.judge.judge.secret_seed", return_value=PUBLIC_SEED), Judge(COURSE) as judge:
        yield judge


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of the students' processes: what pytest has compiled, the notebook need not."""
    return {**os.environ, **COMPILE_LESS, "JAX_COMPILATION_CACHE_DIR": str(tmp_path_factory.mktemp("compiled"))}


@pytest.mark.parametrize(("stage", "stub"), STUBS, ids=[f"{stage}/{stub}" for stage, stub in STUBS])
def test_three_runtimes_give_the_same_verdicts(
    stage: str, stub: str, public_judge: Judge, environment: dict[str, str], tmp_path: Path
):
    answers = sample([answer for answer in read_bank(COURSE.bank(stage)) if answer.stub == stub])
    release = without_races(COURSE.release(stage), tmp_path / stage)
    by_pytest = pytest_outcomes(release, answers, tmp_path / "handed_in", environment)
    by_notebook = notebook_states(release, answers, environment)
    for answer in answers:
        by_judge = judge_states(public_judge, stage, answer)
        assert by_judge == by_notebook[answer.name], f"judge and notebook differ on {answer.name}"
        expected = {name: OUTCOME[state] for name, state in by_judge.items()}
        found = {name: by_pytest[answer.name][name] for name in expected}
        assert expected == found, f"judge and pytest differ on {answer.name}"


def sample(answers: list[Answer]) -> list[Answer]:
    """Two right ones, and the first that each check has to fail: all in three runtimes took a quarter of CI."""
    right = [answer for answer in answers if answer.right]
    wrong: dict[str | None, Answer] = {}
    for answer in answers:
        if not answer.right:
            wrong.setdefault(answer.fails, answer)
    return [*right[:2], *wrong.values()]


def judge_states(judge: Judge, stage: str, answer: Answer) -> dict[str, str]:
    """What the judge says, its races left out."""
    cells = read_cells(answer.path, COURSE.stages[stage].exercises)
    [exercise] = judge.judge_cells(stage, cells, [answer.stub], lambda check: check.trait != "speed")
    return {check.name: check.state for check in exercise.checks}


def without_races(release: Path, folder: Path) -> Stage:
    """The release, in another folder, with the speed checks taken out of its test file."""
    shutil.copytree(release, folder, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__"))
    path = folder / f"test_{release.name}.py"
    lines = path.read_text().split("\n")
    for node in reversed(ast.parse(path.read_text()).body):
        if isinstance(node, ast.FunctionDef) and "race" in [argument.arg for argument in node.args.args]:
            del lines[node.decorator_list[0].lineno - 1 : node.end_lineno]
    path.write_text("\n".join(lines))
    return load_stage(folder)


def notebook_states(stage: Stage, answers: list[Answer], environment: dict[str, str]) -> dict[str, dict[str, str]]:
    """By answer and check: what `check("stub")` shows, all in one process."""
    paths = {str(answer.path): answer.name for answer in answers}
    command = [sys.executable, "-m", "tests.selfcheck.by_notebook", answers[0].stub, str(stage.folder), *paths]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return {paths[path]: states for path, states in json.loads(done.stdout.splitlines()[-1]).items()}


def pytest_outcomes(
    stage: Stage, answers: list[Answer], folder: Path, environment: dict[str, str]
) -> dict[str, dict[str, str]]:
    """By answer and check: what a student's own `pytest` says, one folder an answer, all in one run."""
    for answer in answers:
        place = folder / answer.path.parent.name / answer.path.stem / stage.name
        shutil.copytree(stage.folder, place, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__"))
        shutil.copy(answer.path, place / f"{stage.name}.py")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    command += ["-o", "junit_family=xunit1", f"--junitxml={report}", "-k", f"test_{answers[0].stub}", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)
    assert report.exists(), done.stdout + done.stderr
    names = {check.function.__name__: check.name for check in stage.checks[answers[0].stub]}
    found: dict[str, dict[str, str]] = {answer.name: {} for answer in answers}
    for case in ElementTree.parse(report).iter("testcase"):
        kind, stem = Path(case.attrib["file"]).parts[:2]
        outcome = next((child.tag for child in case if child.tag in ("failure", "skipped", "error")), "passed")
        outcome = {"failure": "failed"}.get(outcome, outcome)
        if case.attrib["name"] in names:
            found[f"{answers[0].stub}/{kind}/{stem}"][names[case.attrib["name"]]] = outcome
    return found
