"""The Kalman filter against a direct solution of the same linear-Gaussian problem, and the numbers of the course."""

import numpy as np
import pytest

from autograder.datasets import kalman_mse, kalman_predict


def simulate(rng, batch, steps, mu=1.0, tau=2.0, sigma=0.5, dt=0.1):
    x = np.empty((batch, steps))
    x[:, 0] = rng.random(batch)
    for k in range(steps - 1):
        x[:, k + 1] = x[:, k] + (mu - x[:, k]) / tau * dt + sigma * np.sqrt(2 * dt / tau) * rng.normal(size=batch)
    return x, x + np.sqrt(0.1) * rng.normal(size=x.shape)


def regression_predict(noisy, mu, tau, sigma, dt, noise_variance, start_mean, start_variance):
    """Each prediction as E[x_{k+1} | y_0..y_k] by one Gaussian conditioning, no recursion."""
    steps = noisy.shape[1] + 1
    decay, drive = 1 - dt / tau, sigma**2 * 2 * dt / tau
    mean, var = [start_mean], [start_variance]
    for _ in range(steps - 1):
        mean.append(decay * mean[-1] + (1 - decay) * mu)
        var.append(decay**2 * var[-1] + drive)
    cov = np.array([[var[min(i, j)] * decay ** abs(i - j) for j in range(steps)] for i in range(steps)])
    out = np.empty_like(noisy)
    for k in range(noisy.shape[1]):
        seen = slice(0, k + 1)
        gain = np.linalg.solve(cov[seen, seen] + noise_variance * np.eye(k + 1), cov[seen, k + 1])
        out[:, k] = mean[k + 1] + (noisy[:, seen] - np.array(mean)[seen]) @ gain
    return out


def test_equals_the_direct_solution():
    noisy = np.random.default_rng(0).normal(size=(4, 12))
    numbers = (0.7, 3.0, 0.4, 0.2, 0.05, 0.3, 0.2)
    assert np.allclose(kalman_predict(noisy, *numbers), regression_predict(noisy, *numbers), atol=1e-12)


@pytest.mark.parametrize(("steps", "mse"), [(10, 0.0597), (100, 0.0584)])
def test_the_bounds_of_the_course(steps, mse):
    clean, noisy = simulate(np.random.default_rng(1), 200_000 // steps, steps)
    assert kalman_mse(clean, noisy) == pytest.approx(mse, rel=0.015)
    assert kalman_mse(clean, noisy) < np.mean((noisy[:, :-1] - clean[:, 1:]) ** 2)


def test_prediction_looks_only_back():
    noisy = np.random.default_rng(2).normal(size=(1, 8))
    later = noisy.copy()
    later[0, 5:] += 1
    assert np.array_equal(kalman_predict(noisy)[:, :5], kalman_predict(later)[:, :5])
