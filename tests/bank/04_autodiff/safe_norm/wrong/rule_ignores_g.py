"""The backward rule returns its slope, whatever comes in.

misconception: rule_is_a_factor
fails: safe_norm.batch
"""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2))


def _forward(x):
    norm = safe_norm(x)
    return norm, (x, norm)


def _backward(kept, g):
    x, norm = kept
    return (jnp.where(norm > 0, x / jnp.where(norm > 0, norm, 1.0), 0.0),)


safe_norm.defvjp(_forward, _backward)
