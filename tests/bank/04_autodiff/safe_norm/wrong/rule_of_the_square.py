"""The rule is that of half the squared norm.

misconception: slope_of_length_one
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
    return safe_norm(x), jnp.dot(x, v)
