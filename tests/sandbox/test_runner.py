"""What the process inside the sandbox makes ready for the student's code."""

import os

from autograder.notebook.cells import Cell
from autograder.player import Student
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool

CONTEXTS = """
import jax
def contexts():
    programs = [jax.jit(f).lower(1.0) for f in (jax.numpy.sin, jax.numpy.cos)]
    return len({id(program.compiler_ir().context) for program in programs})
"""


def test_all_programs_are_lowered_in_one_context(tiny_course, tiny_judge):
    pool = Pool(tiny_course.limits, tiny_judge.state / "xla", walls=True)
    with Sandbox(pool, optimise=False, core=min(os.sched_getaffinity(0))) as sandbox:
        assert sandbox.load([Cell("1", CONTEXTS)], ["contexts"]) == {}
        assert Student(sandbox).contexts() == 1
    pool.close()
