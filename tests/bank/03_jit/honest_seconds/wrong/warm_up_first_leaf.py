"""Of the warm-up, only the first array is awaited.

misconception: warm_up_still_running
fails: honest_seconds.asynchronous
"""

import time

import jax


def honest_seconds(fn, *args):
    arrays = [leaf for leaf in jax.tree.leaves(fn(*args)) if isinstance(leaf, jax.Array)]
    jax.block_until_ready(arrays[:1])
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return time.perf_counter() - start
