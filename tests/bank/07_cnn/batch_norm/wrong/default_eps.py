"""The default eps is that of other layers.

misconception: eps_place
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-6):
    if not training:
        return (x - stats["mean"]) / jnp.sqrt(stats["var"] + eps) * gamma + beta, stats
    mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
    new = {
        "mean": momentum * stats["mean"] + (1 - momentum) * mean,
        "var": momentum * stats["var"] + (1 - momentum) * var,
    }
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
