"""timeit."""

import statistics
import timeit

import jax


def honest_seconds(fn, *args):
    run = lambda: jax.block_until_ready(fn(*args))
    run()
    return statistics.median(timeit.repeat(run, number=1, repeat=3))
