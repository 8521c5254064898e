"""Cheats against the clock: none of them turns a slow or wrong `total` into speed marks."""

import pytest

SLOW = """
import jax, jax.numpy as jnp, numpy as np
def slow(xs):
    return jnp.sort(jnp.sort(xs) * 1.0).sum()
def slow_numpy(x):
    for _ in range(20):
        ordered = np.sort(x)
    return np.float32(ordered.sum())
def double(x):
    return 2 * x
"""

CHEATS = {
    "remembers results by the input's id": """
seen = {}
def total(xs):
    if id(xs) not in seen:
        seen[id(xs)] = slow(xs)
    return seen[id(xs)]
""",
    "remembers results by a part of the input": """
seen = {}
def total(xs):
    def look(x):
        key = float(x.ravel()[0])
        if key not in seen:
            seen[key] = slow_numpy(x)
        return seen[key]
    return jax.pure_callback(look, jax.ShapeDtypeStruct((), jnp.float32), xs)
""",
    "hands back something lazy": """
class Later:
    def __init__(self, xs):
        self.xs = xs
    def __jax_array__(self):
        return slow(self.xs)
    def __array__(self, *args, **kwargs):
        return np.asarray(slow(self.xs))
def total(xs):
    return Later(xs)
""",
    "hands the work to a thread": """
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(4)
def total(xs):
    def work(x):
        return pool.submit(lambda: slow_numpy(x)).result()
    return jax.pure_callback(work, jax.ShapeDtypeStruct((), jnp.float32), xs)
""",
    "hands the work to another process": """
import multiprocessing
def total(xs):
    with multiprocessing.Pool(1) as pool:
        return pool.apply(float, (slow(xs),))
""",
    "stops every clock of Python": """
import time
for name in ("time", "perf_counter", "process_time", "monotonic", "thread_time", "clock_gettime"):
    setattr(time, name, lambda *args: 0.0)
def total(xs):
    return slow(xs)
""",
    "waits for nothing": """
jax.block_until_ready = lambda x: x
type(jnp.zeros(1)).block_until_ready = lambda self: self
def total(xs):
    return slow(xs)
""",
    "patches jax.jit": """
real = jax.jit
def patched(f, *args, **kwargs):
    return lambda *a: jnp.float32(0)
jax.jit = patched
def total(xs):
    return slow(xs)
""",
    "sees that it is timed by the size and answers garbage": """
def total(xs):
    return slow(xs) if xs.size < 1000 else jnp.float32(0)
""",
    "sees that it is timed by the number of calls": """
calls = 0
def total(xs):
    def look(x):
        global calls
        calls += 1
        return slow_numpy(x) if calls < 3 else np.float32(0)
    return jax.pure_callback(look, jax.ShapeDtypeStruct((), jnp.float32), xs)
""",
    "answers a frozen constant": """
frozen = []
def total(xs):
    if xs.size < 1000:
        return slow(xs)
    def look(x):
        if not frozen:
            frozen.append(np.float32(x.sum()))
        return frozen[0]
    return jax.pure_callback(look, jax.ShapeDtypeStruct((), jnp.float32), xs)
""",
    "knows the answers of guessed inputs": """
guesses = {}
for seed in range(3):
    x = np.random.default_rng(seed).normal(size=400_000).astype(np.float32)
    guesses[x[:8].tobytes()] = np.float32(x.sum())
def total(xs):
    def look(x):
        known = guesses.get(x.ravel()[:8].tobytes())
        return known if known is not None else slow_numpy(x)
    return jax.pure_callback(look, jax.ShapeDtypeStruct((), jnp.float32), xs)
""",
    "answers NaN, which equals nothing": """
def total(xs):
    return slow(xs) if xs.size < 1000 else jnp.float32(np.nan)
""",
    "works between the calls": """
import threading
def burn():
    while True:
        np.sort(np.arange(400_000)[::-1])
started = []
def total(xs):
    while len(started) < 4:
        started.append(threading.Thread(target=burn, daemon=True))
        started[-1].start()
    return xs.sum()
""",
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_gets_no_speed_marks(cheat, graded):
    result = graded(SLOW + CHEATS[cheat])
    assert result.state == "graded", result.reason
    speed = next(c for c in result.exercises[1].checks if c.name == "total.speed")
    assert speed.state in ("failed", "blocked"), speed.message
    assert result.exercises[0].state == "passed", "another exercise paid for it"


def test_the_honest_answer_gets_them(graded):
    result = graded(SLOW.replace("jnp.sort(jnp.sort(xs) * 1.0)", "xs") + "def total(xs):\n    return slow(xs)\n")
    assert result.score == result.max
