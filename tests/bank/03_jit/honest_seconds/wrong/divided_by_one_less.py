"""Three calls, divided by two.

misconception: time_one_call
fails: honest_seconds.wall
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    for _ in range(3):
        jax.block_until_ready(fn(*args))
    return (time.perf_counter() - start) / 2
