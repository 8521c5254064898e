"""Laws: statistical tests of samples, for answers of which many are right. All in NumPy.

Every test fails at `Z_LIMIT` standard errors. For a right answer the chance of that is below
2 * (1 - Phi(5)) = 5.7e-7 a number tested (tests/checks/test_laws.py measures it over 1,000 seeds).
"""

import math

import numpy as np

from autograder.checks.exercise import CheckFailed

Z_LIMIT = 5.0


def z_mean(samples: np.ndarray, mean: float, std: float) -> float:
    """Standard errors between the samples' mean and `mean`, for entries of standard deviation `std`."""
    return float((np.mean(samples, dtype=np.float64) - mean) / (std / math.sqrt(samples.size)))


def z_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Standard errors between the correlation of two flat samples of one size and 0."""
    x = a.astype(np.float64).ravel() - a.mean(dtype=np.float64)
    y = b.astype(np.float64).ravel() - b.mean(dtype=np.float64)
    norm = math.sqrt(float((x * x).sum() * (y * y).sum()))
    return 0.0 if norm == 0 else float((x * y).sum() / norm) * math.sqrt(x.size)


def is_normal(
    samples: np.ndarray, what: str, *, mean: float = 0.0, std: float = 1.0, lesson: str | None = None
) -> None:
    """Test mean, variance, skewness and kurtosis of independent `N(mean, std^2)` samples; wants at least 200."""
    x = (samples.astype(np.float64).ravel() - mean) / std
    if not np.isfinite(x).all():
        raise CheckFailed(f"{what} has values that are not finite.", lesson=lesson)
    n = x.size
    # Standard errors of the raw moments of N(0, 1): var(x^2) = 2, var(x^3) = 15, var(x^4) = 96.
    for power, expected, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        z = (float(np.mean(x**power)) - expected) / math.sqrt(variance / n)
        # The fourth power has heavy tails: its sums reach their normal limit late.
        if abs(z) > Z_LIMIT * (1.6 if power == 4 else 1.2 if power == 3 else 1.0):
            name = {1: "mean", 2: "variance", 3: "skewness", 4: "kurtosis"}[power]
            raise CheckFailed(
                f"The {name} of {what} is not that of N({mean:g}, {std:g}²): mean {samples.mean():.3f}, "
                f"standard deviation {samples.std():.3f} over {n} draws.",
                lesson=lesson,
            )


def is_uniform(draws: np.ndarray, categories: int, what: str, *, lesson: str | None = None) -> None:
    """Test that integers `0..categories-1` are equally likely."""
    counts = np.bincount(draws.ravel(), minlength=categories)
    expected = draws.size / categories
    z = (counts - expected) / math.sqrt(expected * (1 - 1 / categories))
    if np.abs(z).max() > Z_LIMIT:
        worst = int(np.abs(z).argmax())
        raise CheckFailed(
            f"{what} is not uniform: one outcome came {counts[worst]} times of {draws.size}, {expected:.0f} expected.",
            lesson=lesson,
        )


def is_frequency(hits: np.ndarray, probability: float, what: str, *, lesson: str | None = None) -> None:
    """Test that independent True/False entries are True with `probability`."""
    share = float(np.mean(hits))
    # The root of the likelihood ratio: unlike a z, it is nearly normal where few hits are expected, too (Wilks).
    if math.sqrt(2 * hits.size * divergence(share, probability)) > Z_LIMIT:
        raise CheckFailed(
            f"{what} has frequency {share:.4f} over {hits.size} draws; {probability:g} was promised.", lesson=lesson
        )


def divergence(share: float, probability: float) -> float:
    """That of Kullback and Leibler, in nats: how far a coin of this `probability` is from one that shows `share`."""
    pairs = ((share, probability), (1 - share, 1 - probability))
    if any(seen > 0 and due <= 0 for seen, due in pairs):
        return math.inf
    return max(0.0, sum(seen * math.log(seen / due) for seen, due in pairs if seen > 0))


def are_uncorrelated(a: np.ndarray, b: np.ndarray, what: str, *, lesson: str | None = None) -> None:
    """Test that two samples are uncorrelated entry by entry."""
    z = z_correlation(a, b)
    if abs(z) > Z_LIMIT:
        raise CheckFailed(f"{what} are correlated: {z / math.sqrt(a.size):+.3f} over {a.size} draws.", lesson=lesson)
