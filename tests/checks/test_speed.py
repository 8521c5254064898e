"""The race on a scripted clock: what it passes, fails, measures longer, and refuses to decide."""

import itertools
from collections.abc import Callable, Iterator

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks import CheckFailed
from autograder.checks.probes import compilations, cost, temporaries
from autograder.checks.speed import PAIRS, ROUNDS, Race, Rival, explain, surely_over
from autograder.player import GraderFault

LIMIT = 4.0
ALIKE = {"operations": 10, "callbacks": 0, "steps": 0}


class Runner:
    """A side of a race whose calls take the given seconds on a clock of its own."""

    def __init__(self, seconds: Callable[[], float], value: Callable[[np.ndarray], np.ndarray] = np.negative):
        self.now, self.calls, self.compilations = 0.0, 0, 0
        self.cost, self.temporaries = ALIKE, 0
        self._seconds, self._value = seconds, value

    def run(self, program: Callable | None, *args: object) -> object:
        found = {cost: self.cost, compilations: self.compilations, temporaries: self.temporaries}
        return found.get(program, self._call)

    def cpu_seconds(self) -> float:
        return self.now

    def _call(self, x: np.ndarray) -> np.ndarray:
        self.calls += 1
        self.now += self._seconds()
        return self._value(x)


def race(
    student: Runner, kind: str = "reference", speedup: float | None = None, *, reference: Runner | None = None
) -> Race:
    rival = Rival(kind, reference or steady(1), speedup)
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
    assert student.calls == PAIRS


@pytest.mark.parametrize(("speedup", "enough"), [(8, 2), (16, 4), (208, 4)])
def test_a_loop_that_is_slower_by_far_needs_no_more_than_the_limit(speedup, enough):
    race(steady(1 / (enough + 0.1)), "baseline", speedup)
    with pytest.raises(CheckFailed, match=f"full speed marks from {enough}"):
        race(steady(1 / (enough - 0.1)), "baseline", speedup)


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
        race(noisy(LIMIT, 4.0), reference=noisy(1, 4.0, seed=1))


@pytest.mark.parametrize(("slow", "passes"), [(50, False), (8, False), (7, True)])
def test_slow_calls_among_fast_ones_make_no_machine_busy(slow, passes):
    turns = itertools.cycle((0.1, slow))
    student = Runner(lambda: 0.01 * next(turns))
    if passes:
        assert race(student).timing.borderline
    else:
        with pytest.raises(CheckFailed, match=r"All together take \d+\.\d times"):
            race(student)


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


@pytest.mark.parametrize(
    ("mine", "why"),
    [
        ({}, ""),
        ({"operations": 31}, ""),
        ({"operations": 331}, "330 operations, the reference's 10"),
        ({"callbacks": 1}, "calls back to Python"),
        ({"steps": 784}, "780 steps, one after the other; the reference's 0"),
    ],
)
def test_a_lost_race_says_what_explains_it(mine, why):
    student = steady(9)
    student.cost = ALIKE | mine
    with pytest.raises(CheckFailed) as failure:
        race(student)
    assert why in str(failure.value)
    assert str(failure.value).endswith("is fine.") == (not why)


@pytest.mark.parametrize(("size", "why"), [(64 << 20, "64 MB of temporary arrays"), (1 << 19, ""), ("much", "")])
def test_where_programs_are_alike_their_temporaries_may_explain_it(size, why):
    student = steady(9)
    student.temporaries = size
    with pytest.raises(CheckFailed) as failure:
        race(student)
    assert why in str(failure.value)
    assert str(failure.value).endswith("is fine.") == (not why)


def test_what_cannot_be_traced_goes_back_to_python():
    assert "back to Python on the way" in explain({}, ALIKE)


def test_what_compiles_in_every_call_is_not_timed():
    student = steady(1)
    student.compilations = 2
    with pytest.raises(CheckFailed, match="compiles again: 2 programs"):
        race(student)
    assert not student.calls


@pytest.mark.parametrize("reply", [None, {"steps": 1}, ALIKE | {"steps": "many"}, ALIKE | {"secret": 2}])
def test_a_forged_cost_explains_nothing(reply):
    student = steady(9)
    student.cost = reply
    with pytest.raises(CheckFailed, match=r"is fine\.$"):
        race(student)


def by_steps(xs):
    total = 0.0
    for x in xs:
        total = total + jnp.sin(x)
    return total


def through_python(xs):
    return jax.pure_callback(np.sum, jax.ShapeDtypeStruct((), jnp.float32), xs)


def test_cost_counts_what_a_call_does():
    xs = jnp.ones(50)
    short = cost(None, lambda xs: jnp.sin(xs).sum(), xs)
    assert short["callbacks"] == 0
    assert cost(None, by_steps, xs)["operations"] > 100 > short["operations"]
    assert cost(None, through_python, xs)["callbacks"] == 1
    assert cost(None, lambda xs: jnp.float32(float(xs[0])), xs) == {}


def test_temporaries_are_those_of_the_compiled_program():
    xs = jnp.ones(500)
    assert temporaries(None, lambda xs: jnp.sort(xs[:, None] * xs, axis=0).sum(), xs) > 500 * 500 * 4 / 2
    assert temporaries(None, lambda xs: xs + 1, xs) == 0


def test_compiling_counts_where_it_is_repeated():
    xs, compiled = jnp.ones(50), jax.jit(lambda x: x + 1)
    assert compilations(None, compiled, xs) == 0
    assert compilations(None, lambda xs: jax.jit(lambda x: x + 1)(xs), xs) == 1


@pytest.mark.parametrize(
    ("long", "short", "surely"),
    [
        pytest.param(1.9, 0.5, False, id="compiling twice as long explains it"),
        pytest.param(2.1, 0.5, True, id="it does not"),
        pytest.param(8.0, 5.0, False, id="two seconds more of compiling explain it"),
        pytest.param(8.1, 5.0, True, id="and more than two are no noise"),
    ],
)
def test_what_noise_in_compiling_may_explain_is_not_sure(long, short, surely):
    assert surely_over(long, short, 1.0) is surely
