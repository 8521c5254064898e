"""The variance as E[x²] - E[x]²."""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    if training:
        mean = x.mean((0, 1, 2))
        var = jnp.maximum((x**2).mean((0, 1, 2)) - mean**2, 0)
        new = {k: momentum * stats[k] + (1 - momentum) * v for k, v in (("mean", mean), ("var", var))}
    else:
        mean, var = stats["var"] * 0 + stats["mean"], stats["var"]
        new = stats
    return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, new
