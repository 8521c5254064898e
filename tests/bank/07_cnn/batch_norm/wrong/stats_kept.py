"""Training leaves the averages as they were.

misconception: momentum_side
fails: batch_norm.values
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        new = stats
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
