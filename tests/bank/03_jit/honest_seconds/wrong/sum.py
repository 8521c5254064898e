"""The sum of five calls.

misconception: time_one_call
fails: honest_seconds.wall
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    for _ in range(5):
        jax.block_until_ready(fn(*args))
    return time.perf_counter() - start
