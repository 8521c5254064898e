"""The size of a program is asked for once, whatever values its arguments have."""

import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks.probes import program_size
from autograder.judge.sizes import Sized
from autograder.player import LocalPlayer, Student
from autograder.program import call_stub
from tests.counted import Counted


def asked(first: tuple, second: tuple) -> int:
    """How many of two sizes the player itself is asked for."""
    player, sizes = Counted({"f": lambda x, n=1: sum([jnp.sin(x)] * n)}), {}
    alone = Student(LocalPlayer(player.host.stubs._names))
    for args in (first, second):
        student = Student(Sized(player, sizes))
        assert student.run(program_size, call_stub, "f", *args) == alone.run(program_size, call_stub, "f", *args)
    return player.asked


def test_other_values_have_the_same_size():
    assert asked((np.ones(3, np.float32),), (np.zeros(3, np.float32),)) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param((np.ones(4, np.float32),), id="shape"),
        pytest.param((np.ones(3, np.int32),), id="dtype"),
        pytest.param((np.ones(3, np.float32), 2), id="a static argument"),
    ],
)
def test_what_may_change_the_size_is_asked_for_anew(other):
    assert asked((np.ones(3, np.float32),), other) == 2


def test_all_else_is_asked_each_time():
    player = Counted({"f": lambda x: x})
    student = Student(Sized(player, {}))
    for _ in range(2):
        student.f(np.ones(3, np.float32))
    assert player.asked == 2
