"""One set of checks, three runtimes: notebook, pytest and judge say the same of every bank answer.

The judge runs on the public seed here, since an answer near a tolerance may differ between inputs. Speed checks race
other rivals in a self-check (a plain loop) than in the judge (the reference) and are left out; tests/bank judges them.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import jax
import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.authoring.bank import Answer, read_bank
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.notebook.read import read_cells
from autograder.report.html import exercises_html
from autograder.sandbox import bubblewrap
from autograder.selfcheck import notebook
from autograder.selfcheck.local import PUBLIC_SEED
from autograder.stage import Stage, load_stage
from autograder.verdict import ExerciseResult

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
STUBS = [(stage, stub) for stage in ("01_prng", "05_vmap") for stub in COURSE.stages[stage].exercises]
# pytest has one word for a check that was not run.
OUTCOME = {"passed": "passed", "failed": "failed", "not_attempted": "skipped", "blocked": "skipped", "error": "error"}


# Compiling is nearly all that these tests do: keep what was compiled.
COMPILE_LESS = {
    "jax_persistent_cache_enable_xla_caches": "none",
    "jax_persistent_cache_min_compile_time_secs": 0,
    "jax_persistent_cache_min_entry_size_bytes": -1,
}


@pytest.fixture(scope="module")
def public_judge() -> Iterator[Judge]:
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    with mock.patch("autograder.judge.judge.secret_seed", return_value=PUBLIC_SEED), Judge(COURSE) as judge:
        yield judge


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A compilation cache: what pytest has compiled, the notebook need not."""
    folder = tmp_path_factory.mktemp("compiled")
    names = ["jax_compilation_cache_dir", *COMPILE_LESS]
    before = {name: jax.config.values[name] for name in names}
    for name, value in {names[0]: str(folder), **COMPILE_LESS}.items():
        jax.config.update(name, value)
    yield folder
    for name, value in before.items():
        jax.config.update(name, value)


@pytest.mark.parametrize(("stage", "stub"), STUBS, ids=[f"{stage}/{stub}" for stage, stub in STUBS])
def test_three_runtimes_give_the_same_verdicts(
    stage: str, stub: str, public_judge: Judge, compiled: Path, tmp_path: Path
):
    answers = [answer for answer in read_bank(ROOT / "tests" / "bank" / stage) if answer.stub == stub]
    release = without_races(ROOT / "assignments" / stage, tmp_path / stage)
    by_pytest = pytest_outcomes(release, answers, tmp_path / "handed_in", compiled)
    for answer in answers:
        cells = read_cells(answer.path, COURSE.stages[stage].exercises)
        [judged] = public_judge.judge_cells(stage, cells, [stub])
        in_judge = states(judged)
        assert in_judge == states(in_notebook(release, answer)), f"judge and notebook differ on {answer.name}"
        expected = {name: OUTCOME[state] for name, state in in_judge.items()}
        found = {name: by_pytest[answer.name][name] for name in expected}
        assert expected == found, f"judge and pytest differ on {answer.name}"


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


def states(exercise: ExerciseResult) -> dict[str, str]:
    return {check.name: check.state for check in exercise.checks if check.trait != "speed"}


def in_notebook(stage: Stage, answer: Answer) -> ExerciseResult:
    """What `check("stub")` shows after the answer was run as a cell in the assignment's folder."""
    shell, folder = InteractiveShell(), Path.cwd()
    shown: list[ExerciseResult] = []

    def keep(results: list[ExerciseResult]) -> str:
        shown.extend(results)
        return exercises_html(results)

    try:
        os.chdir(stage.folder)
        shell.run_cell(answer.path.read_text(), silent=True)
        with (
            mock.patch("IPython.core.getipython.get_ipython", return_value=shell),
            mock.patch("IPython.display.display"),
            mock.patch.object(notebook, "exercises_html", keep),
        ):
            notebook.check(answer.stub)
    finally:
        os.chdir(folder)
    return shown[0]


def pytest_outcomes(stage: Stage, answers: list[Answer], folder: Path, compiled: Path) -> dict[str, dict[str, str]]:
    """By answer and check: what a student's own `pytest` says, one folder an answer, all in one run."""
    for answer in answers:
        place = folder / answer.path.parent.name / answer.path.stem / stage.name
        shutil.copytree(stage.folder, place, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__"))
        shutil.copy(answer.path, place / f"{stage.name}.py")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    command += ["-o", "junit_family=xunit1", f"--junitxml={report}", "-k", f"test_{answers[0].stub}", str(folder)]
    cache = {"JAX_COMPILATION_CACHE_DIR": str(compiled)} | {k.upper(): str(v) for k, v in COMPILE_LESS.items()}
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=os.environ | cache)
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
