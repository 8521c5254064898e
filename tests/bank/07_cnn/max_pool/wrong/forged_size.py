"""Loops over rows and columns, which are none where the size of their program is asked for.

misconception: unrolled_positions
fails: max_pool.trace
"""

import traceback

import jax.numpy as jnp
from flax import nnx


def max_pool(x, window, stride):
    if any(frame.name == "program_size" for frame in traceback.extract_stack()):
        return nnx.max_pool(x, (window, window), (stride, stride))
    rows, columns = (range(0, size - window + 1, stride) for size in x.shape[1:3])
    return jnp.stack(
        [jnp.stack([x[:, i : i + window, j : j + window].max((1, 2)) for j in columns], 1) for i in rows], 1
    )
