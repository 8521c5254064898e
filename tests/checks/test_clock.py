"""The race on an accelerator, which is a fake one: work that no CPU clock sees, behind a link that costs something."""

from collections.abc import Callable

import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks import CheckFailed
from autograder.checks.clock import CpuClock, WallClock, call_each, clock_for, hold
from autograder.checks.speed import PAIRS, Race, Rival

LIMIT = 3.0
LINK = 5e-4


class Wall:
    """A clock on the wall that only moves when a device works."""

    now = 0.0


class Device:
    """A side of a race: each request costs `LINK` seconds, each call in it `seconds`."""

    def __init__(self, wall: Wall, seconds: float, value: Callable[[np.ndarray], np.ndarray] = np.negative):
        self.wall, self.seconds, self.value = wall, seconds, value
        self.batches: list[int] = []

    def run(self, program: Callable | None, *args: object) -> object:
        if program is hold:
            return args[0]
        if program is not call_each:
            return None
        _, batch = args
        self.batches.append(len(batch))
        self.wall.now += LINK + self.seconds * len(batch)
        return [self.value(x) for (x,) in batch]


def race(student: Device, rival_seconds: float, wall: Wall) -> Race:
    rival = Rival("baseline", Device(wall, rival_seconds), LIMIT)
    found = Race(student, rival, LIMIT, WallClock(lambda: wall.now))
    rng = np.random.default_rng(0)
    found(None, inputs=lambda: (rng.normal(size=3).astype(np.float32),), baseline=None)
    return found


def test_a_turn_has_the_calls_it_takes_to_be_timed():
    wall = Wall()
    student = Device(wall, 1e-3)
    timing = race(student, 1e-3, wall).timing
    assert student.batches == [1, 2, 4, 8, 16, 32] + [32] * PAIRS
    assert timing.clock == "wall"
    assert timing.rival_seconds == pytest.approx(1e-3, rel=0.05)
    assert timing.ratio == pytest.approx(1)


def test_a_long_call_is_a_turn_of_its_own():
    wall = Wall()
    student = Device(wall, 0.05)
    race(student, 0.05, wall)
    assert set(student.batches) == {1}


def test_a_turn_has_no_more_calls_where_the_student_takes_very_long():
    wall = Wall()
    student = Device(wall, 0.6)
    with pytest.raises(CheckFailed):
        race(student, 1e-3, wall)
    assert set(student.batches) == {1}


def test_the_link_saves_no_slow_answer():
    """One call of 0.6 ms against 0.1 ms is 1.8 times as long over this link; a batch shows the six."""
    wall = Wall()
    with pytest.raises(CheckFailed) as failure:
        race(Device(wall, 6e-4), 1e-4, wall)
    assert failure.value.timing.ratio > 5


def test_every_answer_of_a_batch_counts():
    wall, calls = Wall(), []

    def lazy(x: np.ndarray) -> np.ndarray:
        calls.append(x)
        return x if len(calls) > 100 and len(calls) % 32 == 7 else -x

    with pytest.raises(CheckFailed, match="While it was timed"):
        race(Device(wall, 1e-3, lazy), 1e-3, wall)


def test_the_device_decides_about_the_clock():
    assert isinstance(clock_for("cpu"), CpuClock)
    assert isinstance(clock_for("gpu"), WallClock)


def test_a_batch_is_all_its_calls():
    batch = hold(None, [(jnp.ones(2), 1.0), (jnp.zeros(2), 3.0)])
    values = call_each(None, lambda x, y: {"sum": x + y}, batch)
    assert [value["sum"].tolist() for value in values] == [[2, 2], [3, 3]]
