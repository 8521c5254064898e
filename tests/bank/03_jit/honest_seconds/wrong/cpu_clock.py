"""The CPU clock.

misconception: wall_clock
fails: honest_seconds.wall
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    start = time.process_time()
    jax.block_until_ready(fn(*args))
    return time.process_time() - start
