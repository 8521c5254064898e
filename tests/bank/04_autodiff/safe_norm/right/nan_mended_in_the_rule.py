"""The backward rule mends its own NaN."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def safe_norm(x):
    return jnp.linalg.norm(x)


safe_norm.defvjp(lambda x: (jnp.linalg.norm(x), x), lambda x, g: (g * jnp.nan_to_num(x / jnp.linalg.norm(x)),))
