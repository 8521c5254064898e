"""Statistics: right answers pass on every seed, wrong ones do not."""

import numpy as np
import pytest
from scipy.stats import binom

from autograder.checks import CheckFailed, laws

SEEDS = 1000


def test_right_samples_pass_on_a_thousand_seeds():
    """At 5 standard errors 1,000 seeds of about 10 numbers should see 0.006 failures."""
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        laws.is_normal(rng.normal(size=2000), "normals")
        laws.is_normal(3 + 2 * rng.normal(size=500), "normals", mean=3, std=2)
        laws.is_uniform(rng.integers(0, 6, 1200), 6, "dice")
        laws.is_frequency(rng.random(1000) < 0.3, 0.3, "hits")
        laws.are_uncorrelated(rng.normal(size=800), rng.normal(size=800), "samples")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rng: laws.is_normal(rng.uniform(-1.73, 1.73, 20_000), "uniform"),
        lambda rng: laws.is_normal(1.2 * rng.normal(size=2000), "too wide"),
        lambda rng: laws.is_normal(0.2 + rng.normal(size=2000), "shifted"),
        lambda rng: laws.is_normal(np.clip(rng.normal(size=4000), -1.5, 1.5), "clipped"),
        lambda rng: laws.is_normal(np.full(2000, np.nan), "not finite"),
        lambda rng: laws.is_uniform(rng.integers(0, 5, 1200), 6, "no six"),
        lambda rng: laws.is_frequency(rng.random(4000) < 0.5, 0.3, "half"),
        lambda rng: laws.are_uncorrelated(x := rng.normal(size=800), x + rng.normal(size=800), "related"),
    ],
)
def test_wrong_samples_fail_on_every_seed(wrong):
    for seed in range(20):
        with pytest.raises(CheckFailed):
            wrong(np.random.default_rng(seed))


@pytest.mark.parametrize(("n", "probability"), [(400, 0.002), (1500, 0.005), (1500, 0.02), (4000, 0.3), (50, 0.0)])
def test_a_right_frequency_fails_once_in_a_million_however_rare_the_hits(n, probability):
    def fails(count):
        try:
            laws.is_frequency(np.arange(n) < count, probability, "hits")
        except CheckFailed:
            return True
        return False

    chance = binom.pmf(np.arange(n + 1), n, probability)
    assert sum(chance[count] for count in range(n + 1) if fails(count)) < 1e-6
    assert fails(n)
