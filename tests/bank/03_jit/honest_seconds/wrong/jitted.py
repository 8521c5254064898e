"""Compiles what it was given.

misconception: timed_another_function
fails: honest_seconds.wall
"""

import time

import jax


def honest_seconds(fn, *args):
    fn = jax.jit(fn)
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return time.perf_counter() - start
