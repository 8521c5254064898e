"""Two forms with two wheres."""

import jax
import jax.numpy as jnp


def log1pexp(x):
    big = x > 0
    down = jnp.where(big, -x, x)
    tail = jnp.log1p(jnp.exp(down))
    return jnp.where(big, x + tail, tail)
