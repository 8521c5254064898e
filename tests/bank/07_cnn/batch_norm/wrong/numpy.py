"""The statistics by NumPy.

misconception: numpy_on_a_tracer
fails: batch_norm.trace
"""

import jax.numpy as jnp
import numpy as np


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean, var = jnp.asarray(np.asarray(x).mean((0, 1, 2))), jnp.asarray(np.asarray(x).var((0, 1, 2)))
        new = {k: momentum * stats[k] + (1 - momentum) * v for k, v in (("mean", mean), ("var", var))}
    else:
        mean, var = stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
