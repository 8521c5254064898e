"""A JAX scalar.

misconception: a_python_float
fails: honest_seconds.any_output
"""

import time

import jax
import jax.numpy as jnp


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return jnp.float32(time.perf_counter() - start)
