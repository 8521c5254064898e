"""The caller's dict is written into.

misconception: stats_mutated
fails: batch_norm.pure
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = stats["mean"], stats["var"]
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        stats["mean"] = momentum * stats["mean"] + (1 - momentum) * mean
        stats["var"] = momentum * stats["var"] + (1 - momentum) * var
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, dict(stats)
