"""The statistics do not come back.

misconception: normalise_and_scale
fails: batch_norm.values
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    m, v = (x.mean((0, 1, 2)), x.var((0, 1, 2))) if training else (stats["mean"], stats["var"])
    return gamma * (x - m) / jnp.sqrt(v + eps) + beta
