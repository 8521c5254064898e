"""Which file of a folder holds the checks, and what a student reads where that cannot be said."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.player import GraderFault
from autograder.stage import load_stage, verify_points


@pytest.fixture
def release(tiny_course: Course, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_course.release("01_tiny"), tmp_path / "01_tiny"))


@pytest.mark.parametrize("name", ["test_mine.py", "test_01_tiny (1).py"])
def test_files_beside_the_checks_are_left_alone(release: Path, name: str):
    (release / name).write_text("raise SystemExit('not to be run')")
    assert load_stage(release).name == "01_tiny"


def test_a_notebook_away_from_its_folder_is_told_what_is_missing(tmp_path: Path):
    with pytest.raises(GraderFault, match=r"has no test_<stage>\.py: keep the assignment's files together"):
        load_stage(tmp_path)


def test_two_candidates_are_named(release: Path):
    shutil.copy(release / "test_01_tiny.py", release / "test_02_tiny.py")
    with pytest.raises(GraderFault, match=r"has test_01_tiny\.py, test_02_tiny\.py: leave only"):
        load_stage(Path(release.rename(release.with_name("homework"))))


def test_points_add_up_as_people_count(release: Path):
    """In binary three times 0.7 is a little less than 2.1."""
    stage = load_stage(release)
    parts = [replace(stage.checks["double"][0], points=0.7)] * 3
    verify_points(replace(stage, checks={"double": parts}), {"double": 2.1})
    with pytest.raises(GraderFault, match=r"double are worth 2\.1 points, in course\.yml 2\.2"):
        verify_points(replace(stage, checks={"double": parts}), {"double": 2.2})
