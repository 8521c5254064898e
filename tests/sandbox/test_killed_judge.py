"""What is left of the sandboxes of a judge that was killed: nothing."""

import subprocess
import sys
import time

import psutil
import pytest

from autograder.judge.judge import Judge

JUDGE = """
import sys
from pathlib import Path
from autograder.course import Course
from autograder.judge.judge import Judge
with Judge(Course.load(Path(sys.argv[1])), reuse=False) as judge:
    judge.grade(Path(sys.argv[2]), "01_tiny")
"""
# How a process calls itself is seen from outside.
DOUBLE = """
import ctypes, time
def double(x):
    ctypes.CDLL(None).prctl(15, b"{name}", 0, 0, 0)
    while True: time.sleep({seconds})
"""


def going_on(name: str) -> set[int]:
    """The processes that call themselves so."""
    return {process.pid for process in psutil.process_iter(["name"]) if process.info["name"] == name}


@pytest.mark.parametrize("seconds", [1000, 0], ids=["sleeps", "works"])
def test_what_a_student_started_ends_with_the_judge(tiny_course, tiny_judge: Judge, tmp_path, seconds):
    name = f"goes_on_{seconds}"  # two pytest workers may run both at once
    (tmp_path / "a.py").write_text(DOUBLE.format(name=name, seconds=seconds))
    judge = subprocess.Popen([sys.executable, "-c", JUDGE, str(tiny_course.root), str(tmp_path / "a.py")])
    try:
        while not going_on(name):
            assert judge.poll() is None, "it ended before the student's code ran"
            time.sleep(0.1)
    finally:
        judge.kill()
        judge.wait()
    left, waited = going_on(name), 0
    while left and waited < 5:
        time.sleep(1)
        left, waited = going_on(name), waited + 1
    assert not left, "it goes on without a judge"
