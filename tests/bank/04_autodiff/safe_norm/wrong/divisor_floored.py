"""The rule divides by the norm, or by 1e-12 where that is more: the slope of shorter vectors is not of length one.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def safe_norm(x):
    return jnp.sqrt(jnp.sum(x * x))


@safe_norm.defjvp
def safe_norm_jvp(primals, tangents):
    (x,), (v,) = primals, tangents
    norm = safe_norm(x)
    return norm, jnp.vdot(x, v) / jnp.maximum(norm, 1e-12)
