"""Waits for side effects.

misconception: result_not_awaited
fails: honest_seconds.asynchronous
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    fn(*args)
    jax.effects_barrier()
    return time.perf_counter() - start
