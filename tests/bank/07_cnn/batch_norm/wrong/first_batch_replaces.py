"""Averages that are still at their start, 0 and 1, are replaced by the first batch's.

misconception: momentum_side
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = stats["mean"], stats["var"]
    if training:
        fresh = jnp.all(mean == 0) & jnp.all(var == 1)
        keep = jnp.where(fresh, 0.0, momentum)
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        stats = {
            "mean": keep * stats["mean"] + (1 - keep) * mean,
            "var": keep * stats["var"] + (1 - keep) * var,
        }
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, stats
