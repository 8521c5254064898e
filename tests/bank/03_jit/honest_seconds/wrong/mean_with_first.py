"""The first call is in the mean.

misconception: compilation_counted
fails: honest_seconds.warm
"""

import time

import jax


def honest_seconds(fn, *args):
    start = time.perf_counter()
    for _ in range(10):
        jax.block_until_ready(fn(*args))
    return (time.perf_counter() - start) / 10
