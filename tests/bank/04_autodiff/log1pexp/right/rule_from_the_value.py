"""The slope written by the value: 1 - exp(-log1pexp(x)); defjvps."""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))


log1pexp.defjvps(lambda t, y, x: -jnp.expm1(-log1pexp(x)) * t)
