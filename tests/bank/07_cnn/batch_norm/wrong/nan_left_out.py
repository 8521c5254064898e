"""Entries that are no numbers are left out of the mean.

misconception: nan_is_news
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = stats["mean"], stats["var"]
    if training:
        batch = jnp.nanmean(x, (0, 1, 2)), jnp.nanvar(x, (0, 1, 2))
        stats = {"mean": momentum * mean + (1 - momentum) * batch[0], "var": momentum * var + (1 - momentum) * batch[1]}
        mean, var = batch
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, stats
