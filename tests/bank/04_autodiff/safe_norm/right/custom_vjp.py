"""A backward rule of its own."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def safe_norm(x):
    return jnp.sqrt(jnp.sum(jnp.square(x)))


def _forward(x):
    norm = jnp.sqrt(jnp.sum(jnp.square(x)))
    return norm, (x, norm)


def _backward(kept, g):
    x, norm = kept
    return (jnp.where(norm > 0, g * x / jnp.where(norm > 0, norm, 1), 0),)


safe_norm.defvjp(_forward, _backward)
