"""`pytest` in the assignment's folder: what a student reads there."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course


@pytest.fixture
def folder(tiny_course: Course, tmp_path: Path) -> Path:
    """The assignment's folder, without its notebook."""
    folder = tmp_path / "01_tiny"
    shutil.copytree(tiny_course.release("01_tiny"), folder, ignore=shutil.ignore_patterns("*.ipynb"))
    return folder


@pytest.fixture
def said(folder: Path) -> Callable[..., str]:
    """What pytest says of a text in the place of the notebook, or of none."""

    def run(name: str = "", text: str = "", *options: str) -> str:
        if name:
            (folder / name).write_text(text)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "double", *options]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout

    return run


def test_a_failed_check_says_the_idea_and_no_traceback(said):
    text = said("01_tiny.py", "def double(x):\n    return x * x\n")
    assert "Idea: Double is not square." in text
    assert "plugin.py" not in text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((), "there is no 01_tiny.ipynb in "),
        (("01_tiny.ipynb", '{"cells": ['), "01_tiny.ipynb is no valid notebook: line 1, column 12"),
        (("", "", "--submission", "other.ipynb"), "there is no other.ipynb"),
    ],
    ids=["missing", "broken", "misnamed"],
)
def test_a_file_that_cannot_be_checked_is_named_without_a_traceback(said, given, why):
    text = said(*given)
    assert why in text
    assert "plugin.py" not in text


def test_the_folder_is_checked_again_at_each_save(folder):
    answer = folder / "01_tiny.py"
    answer.write_text("def double(x):\n    return x * x\n")
    command = [sys.executable, "-m", "watchfiles", f"{sys.executable} -m pytest -q -k double", "."]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as watch:
        try:
            ends = (line for line in watch.stdout if " in " in line and "s\n" in line)
            assert "failed" in next(ends)
            answer.write_text("def double(x):\n    return 2 * x\n")
            assert "2 passed" in next(ends)
        finally:
            watch.terminate()
