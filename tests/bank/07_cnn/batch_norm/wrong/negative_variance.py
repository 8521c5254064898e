"""E[x²] - E[x]², which rounding makes negative.

misconception: negative_variance
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = stats["mean"], stats["var"]
    if training:
        mean_of = lambda x: x.mean((0, 1, 2))
        batch = mean_of(x), mean_of(x**2) - mean_of(x) ** 2
        stats = {"mean": momentum * mean + (1 - momentum) * batch[0], "var": momentum * var + (1 - momentum) * batch[1]}
        mean, var = batch
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, stats
