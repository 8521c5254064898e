"""Normalised with the variance divided by n - 1.

misconception: norm_axes
fails: batch_norm.values
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2), ddof=1)
        new = {
            "mean": momentum * stats["mean"] + (1 - momentum) * mean,
            "var": momentum * stats["var"] + (1 - momentum) * x.var((0, 1, 2)),
        }
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
