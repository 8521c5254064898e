"""Nobody waits for the warm-up.

misconception: warm_up_still_running
fails: honest_seconds.asynchronous
"""

import time

import jax


def honest_seconds(fn, *args):
    fn(*args)
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return time.perf_counter() - start
