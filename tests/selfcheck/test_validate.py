"""`nbgrader validate`, which takes a cell without an exception for a test passed, says what `check` says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.build import command_environment
from autograder.course import Course


@pytest.mark.parametrize(
    ("part", "said"),
    [("assignments", "Not attempted yet."), ("solutions", "Success! Your notebook passes all the tests.")],
    ids=["untouched", "solved"],
)
def test_the_stock_validator_says_what_the_checks_say(tiny_course: Course, tmp_path: Path, part: str, said: str):
    folder = tmp_path / "01_tiny"
    shutil.copytree(tiny_course.release("01_tiny"), folder)
    shutil.copy(tiny_course.root / part / "01_tiny" / "01_tiny.ipynb", folder)
    # A stranger's Jupyter settings are not what is tested.
    environment = command_environment() | {"JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    command = [sys.executable, "-m", "nbgrader", "validate", "01_tiny.ipynb"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    assert said in done.stdout, done.stdout + done.stderr
