"""A rule of its own."""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def safe_norm(x):
    return jnp.linalg.norm(x)


@safe_norm.defjvp
def _rule(primals, tangents):
    (x,), (v,) = primals, tangents
    norm = safe_norm(x)
    return norm, jnp.vdot(x, v) / jnp.where(norm == 0, 1.0, norm)
