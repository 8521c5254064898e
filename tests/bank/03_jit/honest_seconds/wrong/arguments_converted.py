"""The arguments are put on the device first.

misconception: timed_another_function
fails: honest_seconds.any_output
"""

import time

import jax


def honest_seconds(fn, *args):
    args = jax.device_put(args)
    jax.block_until_ready(fn(*args))
    t = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return time.perf_counter() - t
