"""The method of an array, on each leaf, which may be a float.

misconception: any_result_will_do
fails: honest_seconds.any_output
"""

import time

import jax


def honest_seconds(fn, *args):
    jax.tree.map(lambda leaf: leaf.block_until_ready(), fn(*args))
    start = time.perf_counter()
    jax.tree.map(lambda leaf: leaf.block_until_ready(), fn(*args))
    return time.perf_counter() - start
