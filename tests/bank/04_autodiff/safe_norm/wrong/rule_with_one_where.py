"""One where, around the division of the rule.

misconception: double_where
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
    return norm, jnp.where(norm == 0, 0.0, jnp.dot(x, v) / norm)
