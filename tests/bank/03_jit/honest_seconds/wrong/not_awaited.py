"""Stops the clock at dispatch.

misconception: result_not_awaited
fails: honest_seconds.asynchronous
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    out = fn(*args)
    seconds = time.perf_counter() - start
    jax.block_until_ready(out)
    return seconds
