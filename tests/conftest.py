"""What the tests of the kit share: a tiny course, built once, and its judge."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.authoring.build import build_stage
from autograder.course import Course
from autograder.device import Backend
from autograder.judge.judge import Judge
from autograder.notebook.cells import Cell
from autograder.player import Student
from autograder.sandbox import bubblewrap
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool
from autograder.verdict import SubmissionResult

ROOT = Path(__file__).parents[1]
collect_ignore = ["tiny"]  # a course of its own, whose checks are run by the tests of the kit


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course below tests/tiny, built by stock nbgrader in a folder of its own."""
    folder = tmp_path_factory.mktemp("tiny")
    shutil.copytree(ROOT / "tests" / "tiny", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course.load(folder)
    build_stage(course, "01_tiny")
    return course


@pytest.fixture(scope="session")
def tiny_judge(tiny_course: Course) -> Iterator[Judge]:
    """A judge of the tiny course, behind real walls."""
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    with Judge(tiny_course) as judge:
        yield judge


@pytest.fixture
def graded(tiny_judge: Judge, tmp_path: Path) -> Callable[[str], SubmissionResult]:
    """Grade a text as a submission to the tiny stage."""

    def grade(source: str, name: str = "submission.py") -> SubmissionResult:
        path = tmp_path / name
        path.write_text(source)
        return tiny_judge.grade(path, "01_tiny")

    return grade


@pytest.fixture
def sandboxed(tiny_course: Course, tiny_judge: Judge) -> Iterator[Callable[..., Student]]:
    """Load a text in a sandbox of its own, on a core; what comes back is its student."""
    pool = Pool(tiny_course.limits, tiny_judge.state / "xla", walls=True)
    with contextlib.ExitStack() as stack:
        stack.callback(pool.close)

        def load(source: str, stub: str, *, backend: Backend, core: int | None = None, imports: str = "") -> Student:
            where = min(os.sched_getaffinity(0)) if core is None else core
            sandbox = stack.enter_context(Sandbox(pool, backend=backend, core=where, imports=imports))
            assert sandbox.load([Cell("1", source)], [stub]) == {}
            return Student(sandbox)

        yield load
