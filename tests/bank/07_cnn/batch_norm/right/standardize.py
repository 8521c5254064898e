"""jax.nn.standardize and a difference update."""

import jax
import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    mean, var = stats["mean"], stats["var"]
    if not training:
        return gamma * (x - mean) * (var + eps) ** -0.5 + beta, {"mean": mean, "var": var}
    y = jax.nn.standardize(x, axis=(0, 1, 2), epsilon=eps)
    mean = mean + (1 - momentum) * (jnp.mean(x, (0, 1, 2)) - mean)
    var = var + (1 - momentum) * (jnp.var(x, (0, 1, 2)) - var)
    return y * gamma + beta, {"var": var, "mean": mean}
