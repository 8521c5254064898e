"""Milliseconds.

misconception: time_one_call
fails: honest_seconds.wall
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return 1000 * (time.perf_counter() - start)
