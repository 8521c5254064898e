"""An associative scan of affine maps."""

import jax.numpy as jnp
from jax import lax


def ema(xs, alpha):
    column = (-1,) + (1,) * (xs.ndim - 1)
    first = jnp.arange(xs.shape[0]) == 0
    keep = jnp.where(first, 0.0, 1 - alpha).reshape(column) * jnp.ones_like(xs)
    new = jnp.where(first, 1.0, alpha).reshape(column) * xs

    def combine(a, b):
        return a[0] * b[0], b[0] * a[1] + b[1]

    return lax.associative_scan(combine, (keep, new))[1]
