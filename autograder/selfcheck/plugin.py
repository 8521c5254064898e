"""The pytest plugin: the checks of an assignment folder, run on the notebook or `.py` file in it.

`pytest` in `assignments/05_vmap` checks `05_vmap.ipynb`; `--submission PATH` checks another file.
"""

from collections.abc import Generator
from pathlib import Path

import pytest

from autograder.checks.exercise import Check
from autograder.checks.run import Bench, check_exercise
from autograder.notebook.read import Unreadable
from autograder.player import GraderFault, LocalPlayer
from autograder.report.plain import verdict_text
from autograder.selfcheck.local import NotPassed, local_bench, player_of
from autograder.stage import Stage, load_stage
from autograder.verdict import Verdict, with_load_failure

SESSION = pytest.StashKey[dict]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--submission`."""
    parser.addoption("--submission", metavar="PATH", help="the notebook or .py file to check (jaxercise)")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the stages of this run."""
    config.stash[SESSION] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check by the kit's own runner: the same verdict as in the notebook and from the judge."""
    check = getattr(pyfuncitem.function, "check", None)
    if not isinstance(check, Check):
        return None
    folder = pyfuncitem.path.parent
    verdicts = pyfuncitem.config.stash[SESSION].setdefault((folder, check.stub), [])
    if not verdicts:
        verdicts += _verdicts(pyfuncitem.config, folder, check.stub)
    verdict = next(v for v in verdicts if v.name == check.name)
    if verdict.state in ("not_attempted", "blocked"):
        pytest.skip(verdict.message)
    if verdict.state != "passed":
        raise NotPassed(verdict_text(verdict))
    return True


@pytest.fixture
def student() -> None:
    """Provided by the kit's own runner."""


@pytest.fixture
def reference() -> None:
    """Provided by the kit's own runner."""


@pytest.fixture
def rng() -> None:
    """Provided by the kit's own runner."""


@pytest.fixture
def race() -> None:
    """Provided by the kit's own runner."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show a verdict, or what is wrong with a file, as its own text, without the traceback of this plugin."""
    report = yield
    if call.excinfo is not None and isinstance(call.excinfo.value, NotPassed | GraderFault | Unreadable):
        report.longrepr = str(call.excinfo.value)
    return report


def _verdicts(config: pytest.Config, folder: Path, stub: str) -> list[Verdict]:
    stage, bench, player, failures = _loaded(config, folder)
    verdicts = check_exercise(stage.checks[stub], player, bench)
    return with_load_failure(verdicts, failures.get(stub))


def _loaded(config: pytest.Config, folder: Path) -> tuple[Stage, Bench, LocalPlayer, dict[str, str]]:
    cache = config.stash[SESSION]
    if folder not in cache:
        stage = load_stage(folder)
        player, failures = player_of(_submission(config, folder, stage), stage)
        cache[folder] = (stage, local_bench(stage), player, failures)
    return cache[folder]


def _submission(config: pytest.Config, folder: Path, stage: Stage) -> Path:
    given = config.getoption("--submission")
    candidates = [Path(given)] if given else [folder / f"{stage.name}.ipynb", folder / f"{stage.name}.py"]
    for path in candidates:
        if path.is_file():
            return path
    wanted = given or f"{stage.name}.ipynb in {folder}"
    raise GraderFault(f"there is no {wanted}: put it there or say --submission PATH")
