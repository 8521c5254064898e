"""Waits for the first leaf only.

misconception: result_not_awaited
fails: honest_seconds.asynchronous
"""

import time

import jax


def honest_seconds(fn, *args):
    def call():
        for leaf in jax.tree.leaves(fn(*args))[:1]:
            jax.block_until_ready(leaf)

    call()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
