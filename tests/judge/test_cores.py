"""Each submission has a core of its own, as long as there are enough."""

import contextlib
import os
import socket

import pytest

from autograder.course import Course
from autograder.judge.cores import one_core
from autograder.judge.judge import Judge
from autograder.notebook.cells import Cell
from autograder.player import Student
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool

MINE = "import os\ndef double(x):\n    return sorted(os.sched_getaffinity(0))\n"


def test_a_core_is_held_by_one_judge_at_a_time():
    with one_core() as core, socket.socket(socket.AF_UNIX) as other, pytest.raises(OSError, match="in use"):
        other.bind(f"\0jaxercise-core-{core}")


def test_where_all_cores_are_held_any_will_do():
    mine = os.sched_getaffinity(0)
    with contextlib.ExitStack() as stack:
        assert {stack.enter_context(one_core()) for _ in range(len(mine) + 1)} <= mine


def test_a_sandbox_stays_on_its_core(tiny_judge: Judge, tiny_course: Course):
    core = max(os.sched_getaffinity(0))
    pool = Pool(tiny_course.limits, tiny_judge.state / "xla", walls=True)
    with Sandbox(pool, optimise=False, core=core) as sandbox:
        assert sandbox.load([Cell("1", MINE)], ["double"]) == {}
        assert Student(sandbox).double(0) == [core]
    pool.close()
