"""Real and imaginary part of one complex draw, each of variance 1/2 before scaling."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    z = jnp.sqrt(2) * jax.random.normal(key, shape, dtype=jnp.complex64)
    return z.real, z.imag
