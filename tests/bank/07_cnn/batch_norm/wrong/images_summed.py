"""A Python sum over the examples.

misconception: unrolled_positions
fails: batch_norm.trace
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if not training:
        return (x - stats["mean"]) / jnp.sqrt(stats["var"] + eps) * gamma + beta, stats
    mean = sum(image.mean((0, 1)) for image in x) / len(x)
    centred = x - mean
    var = (centred**2).mean((0, 1, 2))
    new = {
        "mean": momentum * stats["mean"] + (1 - momentum) * mean,
        "var": momentum * stats["var"] + (1 - momentum) * var,
    }
    return centred / jnp.sqrt(var + eps) * gamma + beta, new
