"""At 0 the rule returns the length of the step, which is no multiple of it.

misconception: rule_is_a_factor
fails: safe_norm.values
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
    return norm, jnp.where(norm == 0, safe_norm(v), jnp.dot(x, v) / jnp.where(norm == 0, 1.0, norm))
