"""The race on a scripted clock: what it passes, fails, measures longer, and refuses to decide."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from autograder.checks import CheckFailed
from autograder.checks.speed import PAIRS, ROUNDS, Race, Rival
from autograder.player import GraderFault

LIMIT = 4.0


class Runner:
    """A side of a race whose calls take the given seconds on a clock of its own."""

    def __init__(self, seconds: Callable[[], float], value: Callable[[np.ndarray], np.ndarray] = np.negative):
        self.now, self.calls = 0.0, 0
        self._seconds, self._value = seconds, value

    def run(self, make: Callable, *args: object) -> Callable:
        return self._call

    def cpu_seconds(self) -> float:
        return self.now

    def _call(self, x: np.ndarray) -> np.ndarray:
        self.calls += 1
        self.now += self._seconds()
        return self._value(x)


def race(student: Runner, kind: str = "reference") -> Race:
    rival = Rival(kind, Runner(lambda: 0.01), None)
    found = Race(student, rival, LIMIT)
    rng = np.random.default_rng(0)
    found(None, inputs=lambda: (rng.normal(size=3).astype(np.float32),), baseline=None)
    return found


def steady(ratio: float) -> Runner:
    return Runner(lambda: 0.01 * ratio)


def noisy(ratio: float, sigma: float, seed: int = 0) -> Runner:
    rng = np.random.default_rng(seed)
    return Runner(lambda: 0.01 * ratio * float(np.exp(sigma * rng.normal())))


def test_a_clear_pass_takes_one_round():
    timing = race(steady(3.9)).timing
    assert (timing.pairs, timing.borderline) == (PAIRS, False)
    assert timing.ratio == pytest.approx(3.9)


def test_a_clear_fail_takes_one_round():
    student = steady(4.1)
    with pytest.raises(CheckFailed, match=r"4\.1 times as long"):
        race(student)
    assert student.calls == PAIRS + 1


def test_where_it_is_close_it_measures_longer_and_favours_the_student():
    timing = race(noisy(LIMIT, 0.1)).timing
    assert timing.pairs == ROUNDS * PAIRS
    assert timing.borderline
    assert timing.low <= LIMIT < timing.high


def test_noise_around_a_fast_answer_costs_nothing():
    """A machine so busy that single pairs are off by a factor of two."""
    for seed in range(200):
        race(noisy(1.5, 0.6, seed))


def test_noise_around_a_slow_answer_saves_nobody():
    for seed in range(200):
        with pytest.raises(CheckFailed):
            race(noisy(13, 0.6, seed))


def test_a_machine_too_busy_to_tell_is_said_to_be():
    with pytest.raises(GraderFault, match="not measured"):
        race(noisy(LIMIT, 4.0))


def test_time_burnt_between_the_calls_counts():
    student = steady(1.0)

    def burn() -> Iterator[None]:
        while True:
            student.now += 0.05
            yield

    burning = burn()
    rival = Rival("reference", Runner(lambda: 0.01), None)
    found = Race(student, rival, LIMIT)

    def inputs() -> tuple[np.ndarray]:
        next(burning)
        return (np.ones(3, np.float32),)

    with pytest.raises(CheckFailed, match=r"6\.0 times"):
        found(None, inputs=inputs, baseline=None)


@pytest.mark.parametrize(
    "value", [np.zeros_like, lambda x: x * np.nan, lambda x: x[:-1], lambda x: np.negative(x).astype(np.float64)]
)
def test_a_wrong_answer_while_timed_fails(value):
    with pytest.raises(CheckFailed, match="While it was timed"):
        race(Runner(lambda: 0.001, value))


def test_one_remembered_answer_fails():
    first: list[np.ndarray] = []

    def frozen(x: np.ndarray) -> np.ndarray:
        first.append(np.negative(x))
        return first[0]

    with pytest.raises(CheckFailed, match="While it was timed"):
        race(Runner(lambda: 0.001, frozen))
