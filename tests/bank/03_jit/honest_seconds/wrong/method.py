"""The method of an array, on a dict.

misconception: any_result_will_do
fails: honest_seconds.asynchronous
"""

import time


def honest_seconds(fn, *args):
    fn(*args).block_until_ready()
    start = time.perf_counter()
    fn(*args).block_until_ready()
    return time.perf_counter() - start
