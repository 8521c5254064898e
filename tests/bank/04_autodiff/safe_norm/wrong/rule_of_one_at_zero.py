"""The rule says that at 0 the norm rises along every axis.

misconception: slope_at_the_tip
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2))


@safe_norm.defjvp
def _rule(primals, tangents):
    (x,), (v,) = primals, tangents
    norm = safe_norm(x)
    return norm, jnp.where(norm == 0, jnp.sum(v), jnp.dot(x, v) / jnp.where(norm == 0, 1, norm))
