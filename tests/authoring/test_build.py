"""What a build leaves in the grade book."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.build import build_stage
from autograder.course import Course
from autograder.player import GraderFault

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tiny_course: Course, tmp_path: Path) -> Path:
    """A copy of the tiny course, built before."""
    shutil.copytree(tiny_course.root, tmp_path, dirs_exist_ok=True)
    return tmp_path


def say_when(folder: Path, due: str) -> Course:
    """The course in this folder, due then."""
    manifest = (folder / "course.yml").read_text().partition("    due:")[0].rstrip()
    (folder / "course.yml").write_text(f"{manifest}\n    due: {due}\n")
    return Course.load(folder)


def due_in_the_grade_book(folder: Path) -> datetime | None:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return book.find_assignment("01_tiny").duedate


def test_the_grade_book_knows_when_a_stage_is_due(folder: Path):
    assert due_in_the_grade_book(folder) is None
    build_stage(say_when(folder, "2026-12-01 23:59:00+01:00"), "01_tiny")
    assert due_in_the_grade_book(folder) == datetime(2026, 12, 1, 22, 59)  # nbgrader keeps UTC, without saying so
    build_stage(say_when(folder, "2026-12-08 12:00:00Z"), "01_tiny")
    assert due_in_the_grade_book(folder) == datetime(2026, 12, 8, 12)


@pytest.mark.parametrize("due", ["2026-12-01", "2026-12-01 23:59:00", "next Friday"])
def test_a_date_that_could_mean_two_moments_is_refused(folder: Path, due: str):
    with pytest.raises(GraderFault, match=r"course\.yml: stages\.01_tiny\.due: "):
        say_when(folder, due)
