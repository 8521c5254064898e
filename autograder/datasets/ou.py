"""The Kalman filter of a noisy Ornstein-Uhlenbeck path: the error that no linear predictor can beat.

The filter in its scalar form, from R. E. Kalman, "A New Approach to Linear Filtering and Prediction Problems",
Journal of Basic Engineering 82 (1960).
"""

import numpy as np


def kalman_predict(
    noisy: np.ndarray,
    mu: float = 1.0,
    tau: float = 2.0,
    sigma: float = 0.5,
    dt: float = 0.1,
    noise_variance: float = 0.1,
    start_mean: float = 0.5,
    start_variance: float = 1 / 12,
) -> np.ndarray:
    """Predict one step ahead: entry `[:, k]` is the best linear guess of the clean `x[:, k+1]` from `noisy[:, :k+1]`.

    The path is `x[k+1] = a x[k] + (1 - a) mu + N(0, q)`, `a = 1 - dt/tau`, `q = sigma^2 2 dt/tau` (Euler-Maruyama),
    seen through noise of variance `noise_variance`. Each step weighs the new observation `y` by the gain
    `g = p / (p + noise_variance)`, where `p` is the variance of the last prediction `m`:

        m = m + g (y - m),  p = (1 - g) p;  then  m = a m + (1 - a) mu,  p = a^2 p + q

    Args:
        noisy: `[batch, T]`.
        start_mean: of `x[:, 0]`; with `start_variance` that of the uniform distribution on [0, 1).
    """
    noisy = np.asarray(noisy, np.float64)
    decay = 1 - dt / tau
    drive = sigma**2 * 2 * dt / tau
    mean = np.full(len(noisy), float(start_mean))
    variance = start_variance
    predictions = np.empty_like(noisy)
    for k in range(noisy.shape[1]):
        gain = variance / (variance + noise_variance)
        mean = mean + gain * (noisy[:, k] - mean)
        mean = decay * mean + (1 - decay) * mu
        variance = decay**2 * (1 - gain) * variance + drive
        predictions[:, k] = mean
    return predictions


def kalman_mse(clean: np.ndarray, noisy: np.ndarray, **parameters: float) -> float:
    """Mean squared error of `kalman_predict` on paths `[batch, T]`, over their `T - 1` one-step predictions."""
    predicted = kalman_predict(np.asarray(noisy)[:, :-1], **parameters)
    return float(np.mean((predicted - np.asarray(clean, np.float64)[:, 1:]) ** 2))
