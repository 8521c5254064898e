"""The variance as the square of the standard deviation, which has no gradient at 0.

misconception: root_of_nothing
fails: batch_norm.trace
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if not training:
        return (x - stats["mean"]) / jnp.sqrt(stats["var"] + eps) * gamma + beta, stats
    mean, var = x.mean((0, 1, 2)), x.std((0, 1, 2)) ** 2
    new = {
        "mean": momentum * stats["mean"] + (1 - momentum) * mean,
        "var": momentum * stats["var"] + (1 - momentum) * var,
    }
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
