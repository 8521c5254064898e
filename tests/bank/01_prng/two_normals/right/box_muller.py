"""The Box-Muller transform of two uniforms, compiled."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=1)
def two_normals(key, shape):
    k1, k2 = jax.random.split(key)
    radius = jnp.sqrt(-2 * jnp.log1p(-jax.random.uniform(k1, shape)))
    angle = 2 * jnp.pi * jax.random.uniform(k2, shape)
    return radius * jnp.cos(angle), radius * jnp.sin(angle)
