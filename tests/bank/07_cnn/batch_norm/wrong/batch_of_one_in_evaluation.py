"""Evaluation returns new statistics of the batch where it holds one image.

misconception: batch_in_evaluation
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
    if not training and len(x) > 1:
        return (x - stats["mean"]) / jnp.sqrt(stats["var"] + eps) * gamma + beta, stats
    new = {
        "mean": momentum * stats["mean"] + (1 - momentum) * mean,
        "var": momentum * stats["var"] + (1 - momentum) * var,
    }
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
