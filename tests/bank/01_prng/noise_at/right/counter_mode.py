"""The step is the high word of the block cipher's counter, the place of the entry the low one."""

import math

import jax
import jax.numpy as jnp
from jax.extend.random import threefry_2x32
from jax.scipy.special import ndtri


def noise_at(key, step, shape):
    size = math.prod(shape)
    high = jnp.full(size, jnp.asarray(step).astype(jnp.uint32))
    count = jnp.concatenate([high, jnp.arange(size, dtype=jnp.uint32)])
    cells = threefry_2x32(jax.random.key_data(key), count)[:size] >> 9
    return ndtri((cells.astype(jnp.float32) + 0.5) * jnp.float32(2**-23)).reshape(shape)
