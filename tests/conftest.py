"""What the tests of the kit share: a tiny course, built once, and its judge."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.authoring.build import build_stage
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.sandbox import bubblewrap
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
