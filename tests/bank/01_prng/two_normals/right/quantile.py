"""The quantile function of the normal distribution, at uniform numbers of the open unit interval."""

import jax
import jax.numpy as jnp
from jax.scipy.special import ndtri


def two_normals(key, shape):
    cells = jax.random.bits(key, (2, *shape), jnp.uint32) >> 9
    return tuple(ndtri((cells.astype(jnp.float32) + 0.5) * jnp.float32(2**-23)))
