"""Rounded to hundredths of a second.

misconception: a_python_float
fails: honest_seconds.any_output
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.block_until_ready(fn(*args))
    t = time.time()
    jax.block_until_ready(fn(*args))
    return round(time.time() - t, 2)
