"""A Python loop over the output's rows.

misconception: unrolled_positions
fails: max_pool.trace
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    shape, steps = (1, window, window, 1), (1, stride, stride, 1)
    rows = [
        lax.reduce_window(x[:, i : i + window], -jnp.inf, lax.max, shape, steps, "VALID")
        for i in range(0, x.shape[1] - window + 1, stride)
    ]
    return jnp.concatenate(rows, 1)
