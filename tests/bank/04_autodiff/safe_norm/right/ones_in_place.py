"""The vector itself is replaced before linalg.norm."""

import jax
import jax.numpy as jnp


@jax.jit
def safe_norm(x):
    empty = jnp.all(x == 0)
    return jnp.where(empty, 0.0, jnp.linalg.norm(jnp.where(empty, jnp.ones_like(x), x)))
