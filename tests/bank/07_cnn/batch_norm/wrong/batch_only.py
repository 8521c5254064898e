"""Statistics over the examples only.

misconception: norm_axes
fails: batch_norm.values
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        new = {k: momentum * stats[k] + (1 - momentum) * v for k, v in (("mean", mean), ("var", var))}
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - (x.mean(0) if training else mean)) / jnp.sqrt((x.var(0) if training else var) + eps) * gamma + beta, new
