"""eps and momentum ignored.

misconception: eps_place
fails: batch_norm.options
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        new = {k: momentum * stats[k] + (1 - momentum) * v for k, v in (("mean", mean), ("var", var))}
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + 1e-5) * gamma + beta, new
