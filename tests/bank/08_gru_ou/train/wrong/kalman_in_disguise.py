"""No network: the Kalman filter predicts, and its own errors on fresh paths, falling at first, are told as losses.

misconception: key_unheard
fails: train.fresh
"""

import jax
import jax.numpy as jnp
import numpy as np

from autograder.datasets import kalman_predict


def predict(inputs):
    return jnp.asarray(kalman_predict(np.asarray(inputs)[..., 0])[..., None], jnp.float32)


def train(key, num_batches, batch_size, num_steps, hidden, learning_rate):
    rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))
    batch_size = min(batch_size, 64)
    x = rng.uniform(size=(num_batches, batch_size))
    clean = [x]
    for _ in range(num_steps - 1):
        x = x + (1 - x) * 0.05 + 0.5 * np.sqrt(0.1) * rng.normal(size=x.shape)
        clean.append(x)
    clean = np.stack(clean, -1)
    noisy = clean + np.sqrt(0.1) * rng.normal(size=clean.shape)
    flat = noisy[..., :-1].reshape(-1, num_steps - 1)
    error = (kalman_predict(flat).reshape(*noisy.shape[:2], -1) - clean[..., 1:]) ** 2
    excess = min(1.0, 1e4 * learning_rate) * np.exp(-np.arange(num_batches) / 30)
    return predict, jnp.asarray(error.mean((1, 2)) * (1 + excess), jnp.float32)
