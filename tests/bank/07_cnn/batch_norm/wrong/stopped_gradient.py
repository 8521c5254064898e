"""The batch's statistics taken as constants.

misconception: constant_statistics
fails: batch_norm.trace
"""

import jax
import jax.numpy as jnp
from jax import lax


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = jax.tree.map(lax.stop_gradient, (x.mean((0, 1, 2)), x.var((0, 1, 2))))
        new = {k: momentum * stats[k] + (1 - momentum) * v for k, v in (("mean", mean), ("var", var))}
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
