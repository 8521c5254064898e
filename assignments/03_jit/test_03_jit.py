"""Checks of 03_jit."""

import contextlib
import time
from unittest import mock

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from autograder.checks import CheckFailed, Lesson, agree, exercise, raising
from autograder.checks.probes import call_jitted, compilations, count_traces, gradient, program_size

LESSONS = {
    "which_branch": Lesson(
        "Below 3 the one formula, from 3 on the other",
        "`x < 3` chooses `3*y**2`; everything else, 3 itself included, gives `-4*y`.",
        "import jax.numpy as jnp\nx = jnp.array([2.9, 3.0, 3.1])\nprint(x < 3, x <= 3)",
    ),
    "one_choice_an_entry": Lesson(
        "An array needs a choice for each entry",
        "`if` and `lax.cond` take one truth value and choose for everybody. `jnp.where` chooses entry by entry.",
        "import jax.numpy as jnp\nx = jnp.array([1.0, 5.0])\nprint(jnp.where(x < 3, 10.0, 20.0))",
    ),
    "a_number_is_no_array": Lesson(
        "A Python number is no array",
        "`2.0 < 3` is Python's True, which has no `astype` and no `shape`. `jnp.asarray(x)` makes an array of "
        "whatever comes; functions such as `jnp.where` take numbers as they are.",
        "import jax.numpy as jnp\nprint(type(2.0 < 3), type(jnp.asarray(2.0) < 3), jnp.where(2.0 < 3, 1.0, 0.0))",
    ),
    "sum_of_the_first": Lesson(
        "The first n entries and no others",
        "The slice `x[:n]` has the entries 0 to n - 1.",
        "import jax.numpy as jnp\nprint(jnp.arange(1.0, 6.0)[:3].sum())",
    ),
    "static_is_for_n": Lesson(
        "Static arguments are looked up by their value",
        "jit keeps one program for each value of a static argument, so it must be hashable, and few values should "
        "occur. That fits `n`, which is number 1; the array is number 0 and is traced.",
        "import jax\nfrom functools import partial\n@partial(jax.jit, static_argnums=1)\n"
        "def first(x, n):\n    return x[:n]\nprint(first(jax.numpy.arange(5.0), 2))",
    ),
    "edges_of_n": Lesson(
        "n may be 0, and n may be too large",
        "A sum over nothing is 0. Past the end a Python slice stops, but `x[i]` clamps: it reads the last entry "
        "over and over.",
        "import jax.numpy as jnp\nx = jnp.array([1.0, 2.0])\n"
        "print(x[:5].sum(), sum(x[i] for i in range(5)), x[:0].sum())",
    ),
    "not_a_jit_object": Lesson(
        "The stub itself should be compiled",
        "`jax.jit` returns a new function; the name must be bound to that one, by a decorator or by an assignment.",
        "import jax\ndef f(x):\n    return x + 1\nprint(hasattr(f, 'lower'))\nf = jax.jit(f)\n"
        "print(hasattr(f, 'lower'))",
    ),
    "n_is_traced": Lesson(
        "n is to be a number while tracing",
        "A traced `n` cannot be the end of a slice, and a mask over all of x works on every entry. "
        "As a static argument, `n` is a plain Python number inside the function.",
        "import jax\nf = jax.jit(lambda x, n: print(n) or x[:3], static_argnums=1)\nf(jax.numpy.arange(5.0), 3)",
    ),
    "traced_again": Lesson(
        "One trace for each shape, not for each call",
        "jit recognizes a function object that it has seen. A function made anew in each call is a new one: "
        "it is traced and compiled each time.",
        "import jax\ndef call(x):\n    return jax.jit(lambda v: print('tracing') or v + 1)(x)\n"
        "for _ in range(3):\n    call(1.0)",
    ),
    "one_entry_at_a_time": Lesson(
        "Entry by entry is slow",
        "A loop over single numbers cannot use the vector units. Operations on the whole array do.",
        "import jax, jax.numpy as jnp\nx = jnp.ones(8)\nprint(jax.make_jaxpr(lambda x: x[:5].sum())(x))",
    ),
    "loop_is_unrolled": Lesson(
        "A Python loop is copied into the program",
        "While tracing, each turn of a Python loop writes its operations down again, so program and compile time grow "
        "with the length. `lax.scan` and `lax.fori_loop` write the body once.",
        "import jax, jax.numpy as jnp\ndef f(x):\n    for v in x:\n        x = x + v\n    return x\n"
        "for n in 4, 8:\n    print(len(jax.make_jaxpr(f)(jnp.zeros(n)).eqns))",
    ),
    "selu_formula": Lesson(
        "lmbda scales both sides, alpha the left one",
        "`selu(x) = lmbda * x` for positive `x`, and `lmbda * alpha * (e^x - 1)` otherwise.",
        "import jax.numpy as jnp\nprint(1.05 * 1.67 * jnp.expm1(-30.0), 'is where the left side ends')",
    ),
    "both_branches_run": Lesson(
        "Both sides of a where are computed",
        "The side not chosen gets gradient 0, and 0 times inf is NaN. Give the unused side a harmless input: a "
        "`where` inside too.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.where(x > 0, x, jnp.exp(x))\nprint(jax.grad(f)(100.0))\n"
        "g = lambda x: jnp.where(x > 0, x, jnp.exp(jnp.where(x > 0, 0.0, x)))\nprint(jax.grad(g)(100.0))",
    ),
    "half_a_gradient": Lesson(
        "At a tie, min and max give half a gradient",
        "`jnp.minimum(x, 0)` and `jnp.clip` share the gradient between equal arguments. At 0 that is half the left "
        "slope, outside the interval of the one-sided slopes. `jnp.where` takes one side.",
        "import jax, jax.numpy as jnp\nprint(jax.grad(lambda x: jnp.minimum(x, 0.0))(0.0))\n"
        "print(jax.grad(lambda x: jnp.where(x > 0, 0.0, x))(0.0))",
    ),
    "slope_at_a_kink": Lesson(
        "At a kink, the slope is a convention",
        "`jax.nn.relu` is flat at 0, and so is `where(x < 0, x, 0)`. What is built of such parts need not lie between "
        "the slopes of both sides there; a `jnp.where(x > 0, ...)` inside and outside takes one side.",
        "import jax, jax.numpy as jnp\nprint(jax.grad(jax.nn.relu)(0.0), jax.grad(jnp.abs)(0.0))\n"
        "print(jax.grad(lambda x: jnp.where(x < 0, x, 0.0))(0.0), jax.grad(lambda x: jnp.where(x > 0, 0.0, x))(0.0))",
    ),
    "count_the_steps": Lesson(
        "Count steps, not numbers",
        "1 needs no step. Each halving is a step and each `3n + 1` is a step, until 1 is reached.",
        "n, path = 6, [6]\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    path.append(n)\n"
        "print(path, len(path) - 1)",
    ),
    "floats_lose_integers": Lesson(
        "float32 has 24 bits for an integer",
        "`/` makes floats, and above 2^24 odd numbers are lost. `//` stays with integers.",
        "import jax.numpy as jnp\nn = jnp.int32(2**25 + 2)\nprint((n / 2).dtype, jnp.float32(2**24 + 1), n // 2)",
    ),
    "loop_never_ends": Lesson(
        "Each turn starts from the turn before",
        "A `lax.while_loop` ends when its condition, read from what is carried, turns false: so the body has to change "
        "what the condition reads, and start from what it is handed, not from `n` itself.",
        "from jax import lax\nprint(lax.while_loop(lambda s: s[0] < 100, lambda s: (2 * s[0], s[1] + 1), (3, 0)))",
    ),
    "loop_too_short": Lesson(
        "The data say when to stop",
        "A fixed number of turns is too few for some n. `lax.while_loop` asks before each turn.",
        "from jax import lax\nprint(lax.while_loop(lambda s: s < 100, lambda s: 2 * s, 3))",
    ),
    "narrow_integers": Lesson(
        "Small integers overflow in silence",
        "The path goes far above its start. int16 ends at 32767 and wraps around without a word.",
        "import jax.numpy as jnp\nprint(jnp.int16(32767) + jnp.int16(1))",
    ),
    "starts_at_x0": Lesson(
        "The average starts at the first value",
        "`h_0 = x_0`, so the first row comes back as it is. Starting from zeros pulls the first rows towards 0.",
        "x, alpha, h = [4.0, 4.0, 4.0], 0.5, 0.0\nfor v in x:\n    h = alpha * v + (1 - alpha) * h\n    print(h)",
    ),
    "alpha_weights_the_new": Lesson(
        "alpha is the weight of the new value",
        "`h_t = alpha * x_t + (1 - alpha) * h_(t-1)`, along axis 0, each column for itself.",
        "h, x, alpha = 10.0, 20.0, 0.1\nprint(alpha * x + (1 - alpha) * h)",
    ),
    "powers_under_and_overflow": Lesson(
        "High powers leave float32",
        "`(1 - alpha)**-t` grows without bound and its inverse goes to 0; their product is NaN long before the "
        "average is. The recurrence itself never leaves the range of xs.",
        "import jax.numpy as jnp\nprint(jnp.float32(0.1) ** jnp.array([10, 40, 60]), jnp.float32(0.1) ** -40)",
    ),
    "all_pairs_of_times": Lesson(
        "A matrix of all pairs of times is T² of work",
        "Each step needs the state of the step before and one row of xs. A table of weights has an entry for every "
        "pair of times.",
        "for T in 100, 1000, 10_000:\n    print(T, 'steps,', T * T, 'weights')",
    ),
    "time_one_call": Lesson(
        "Start the clock, one call, stop the clock",
        "What is promised is the wall time of one call: of several, the mean or the best, not the sum; in seconds.",
        "import time\nstart = time.perf_counter()\ntime.sleep(0.05)\nprint(time.perf_counter() - start)",
    ),
    "wall_clock": Lesson(
        "Waiting is time as well",
        "`time.process_time` counts what the CPU works for you, so sleeping and waiting for a device cost nothing on "
        "it. `time.perf_counter` is the wall clock.",
        "import time\na, b = time.perf_counter(), time.process_time()\ntime.sleep(0.05)\n"
        "print(time.perf_counter() - a, time.process_time() - b)",
    ),
    "timed_another_function": Lesson(
        "Time the function you were given",
        "Under `jit`, Python code runs once, while tracing: what is timed afterwards is another function. If it is "
        "slow in Python, that is what the caller wants to know.",
        "import jax, time\ndef f(x):\n    time.sleep(0.05)\n    return x\ng = jax.jit(f)\ng(1.0)\n"
        "start = time.perf_counter()\ng(1.0)\nprint(time.perf_counter() - start)",
    ),
    "compilation_counted": Lesson(
        "The first call compiles",
        "The first call of a compiled function with new shapes traces and compiles. Call once before the clock starts, "
        "and leave that call out of every mean.",
        "import jax, time\nf = jax.jit(lambda x: x @ x)\nx = jax.numpy.ones((50, 50))\nfor _ in range(3):\n"
        "    start = time.perf_counter()\n    f(x).block_until_ready()\n    print(time.perf_counter() - start)",
    ),
    "result_not_awaited": Lesson(
        "A result comes back before it is computed",
        "JAX hands out an array at once and computes in the background. `jax.block_until_ready(tree)` waits for every "
        "array in a pytree and lets other leaves pass.",
        "import jax, time\nf = jax.jit(lambda x: jax.lax.fori_loop(0, 100, lambda i, a: jax.numpy.tanh(a @ a), x))\n"
        "x = jax.numpy.ones((200, 200))\nf(x).block_until_ready()\nstart = time.perf_counter()\ny = f(x)\n"
        "print(time.perf_counter() - start)\ny.block_until_ready()\nprint(time.perf_counter() - start)",
    ),
    "any_result_will_do": Lesson(
        "A result may be any pytree",
        "Only arrays have a method `block_until_ready`: tuples, dicts, floats and None have none. The function "
        "`jax.block_until_ready(tree)` takes them all, waits for the arrays and lets the rest pass.",
        "import jax, jax.numpy as jnp\nprint(jax.block_until_ready({'a': jnp.ones(2), 'b': (3.0, None)}))",
    ),
    "warm_up_still_running": Lesson(
        "The warm-up call has to be over",
        "The warm-up's result is computed in the background too. Where nobody waits for it, the clock starts while it "
        "runs, and the timed call queues behind it.",
        "import jax\nf = jax.jit(lambda x: x + 1)\njax.block_until_ready(f(1.0))  # now the clock may start\n"
        "print('ready')",
    ),
    "a_python_float": Lesson(
        "Seconds are a Python float",
        "`time.perf_counter()` differences are floats already. An array or a tuple is none, though it prints alike.",
        "import jax.numpy as jnp\n"
        "print(isinstance(jnp.mean(jnp.array([0.1, 0.2])), float), isinstance((0.1 + 0.2) / 2, float))",
    ),
}

HINTS = {
    "piecewise": (
        "Compute both formulas and choose entry by entry.",
        "`jnp.where(condition, where_true, where_false)`",
        "jnp.where(x < 3, 3 * y**2, -4 * y)",
    ),
    "sum_first_n": (
        "With `n` static, it is a plain number inside, and slicing works.",
        "`jax.jit(f, static_argnums=1)`, or as a decorator with `functools.partial`.",
        "@partial(jax.jit, static_argnums=1)\ndef sum_first_n(x, n):\n    return x[:n].sum()",
    ),
    "selu": (
        "The exponential must not see large positive numbers, not even where its result is thrown away.",
        "Two `jnp.where`: one to make the input of `jnp.expm1` harmless, one to choose.",
        "left = jnp.expm1(jnp.where(x > 0, 0.0, x))\nlmbda * jnp.where(x > 0, x, alpha * left)",
    ),
    "collatz_steps": (
        "The loop's state is the pair (n, steps).",
        "`lax.while_loop(cond, body, state)` with `cond(state)` a truth value and `body(state)` the next state.",
        "def body(state):\n    n, steps = state\n    return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), steps + 1",
    ),
    "ema": (
        "The average so far is the carry of a scan over the rows.",
        "`lax.scan(step, xs[0], xs)`: starting from x_0, the first step changes nothing.",
        "def step(h, x):\n    h = alpha * x + (1 - alpha) * h\n    return h, h",
    ),
    "honest_seconds": (
        "Call once and wait; start the clock; call again and wait; stop the clock.",
        "`jax.block_until_ready(fn(*args))` waits for every array of any pytree; `time.perf_counter()` is the clock.",
        "jax.block_until_ready(fn(*args))\nstart = time.perf_counter()\njax.block_until_ready(fn(*args))",
    ),
}


def normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def does_not_unroll(student, program, args_at, lengths=(16, 64, 256)):
    """Compare the program's size at three lengths, each four times the last: log T grows by equal steps, T by 1
    and 4."""
    small, middle, large = (student.run(program_size, program, *args_at(length)) for length in lengths)
    if large - middle > 2 * max(middle - small, 0) + 8:
        said = "{}, {} and {}".format(*lengths)
        raise CheckFailed(
            f"The program has {small}, {middle} and {large} operations for lengths {said}.", lesson="loop_is_unrolled"
        )


# piecewise


@exercise("piecewise", trait="values", points=6, lesson="which_branch")
def test_piecewise_values(student, reference, rng):
    """Numbers below 3 give 3*y**2, all others -4*y."""
    for x in (-1.5, 2.9, 3.0, 3.5, 40.0):
        y = np.array(rng.normal(), np.float32)
        agree(student, reference, "piecewise", np.array(x, np.float32), y)
    with raising("AttributeError", lesson="a_number_is_no_array"):
        agree(student, reference, "piecewise", 2.0, 1.5)
        agree(student, reference, "piecewise", 3.0, -2.5)


@exercise("piecewise", trait="values", points=4, lesson="one_choice_an_entry")
def test_piecewise_arrays(student, reference, rng):
    """With arrays, each entry chooses for itself."""
    for shape in ((7,), (1,), (3, 4)):
        x = (3 + 2 * rng.normal(size=shape)).astype(np.float32)
        x.flat[:2] = (1, 5)[: x.size]
        agree(student, reference, "piecewise", x, normal(rng, *shape))
    edge = np.array([3.0, np.nextafter(np.float32(3), np.float32(0)), -3.0, 5.0], np.float32)
    agree(student, reference, "piecewise", edge, normal(rng, 4), lesson="which_branch")
    agree(student, reference, "piecewise", edge, np.array(rng.normal(), np.float32))
    for x in (2.0, 3.0):
        agree(student, reference, "piecewise", np.array(x, np.float32), normal(rng, 4))


@exercise("piecewise", trait="trace", points=5, lesson="one_choice_an_entry")
def test_piecewise_traced(student, reference, rng):
    """It works under jit, vmap and grad with both arguments traced, on one trace."""
    numbers = [(np.array(x, np.float32), np.array(rng.normal(), np.float32)) for x in (1.0, 3.0, 4.0)]
    for x, y in numbers:
        agree(student, reference, call_jitted, "piecewise", x, y)
    xs = (3 + 2 * rng.normal(size=6)).astype(np.float32)
    agree(student, reference, mapped_slope, xs, normal(rng, 6), lesson="gradient_cut")
    agree(student, reference, call_jitted, "piecewise", xs, normal(rng, 6))
    if student.run(count_traces, "piecewise", numbers) != 1:
        raise CheckFailed("New numbers were traced again.", lesson="traced_again")


def mapped_slope(stubs, xs, ys):
    """vmap of the derivative of piecewise in y"""
    return jax.vmap(jax.grad(stubs.piecewise, argnums=1))(xs, ys)


# sum_first_n


@exercise("sum_first_n", trait="values", points=7, lesson="sum_of_the_first")
def test_sum_first_n_values(student, reference, rng):
    """The first n entries are summed."""
    with raising("IndexError", "ValueError", lesson="static_is_for_n"):
        student.sum_first_n(normal(rng, 5), 3)
    for length, n in ((6, 3), (6, 1), (5, 5), (9, 8)):
        agree(student, reference, "sum_first_n", 1 + normal(rng, length), n)
    # What is far larger than the sum leaves no trace in it: it is not taken off again.
    agree(student, reference, "sum_first_n", np.append(1 + normal(rng, 5), np.float32(1e9)), 5)


@exercise("sum_first_n", trait="values", points=3, lesson="edges_of_n")
def test_sum_first_n_edges(student, reference, rng):
    """No entries give 0, an n past the end gives the sum of all, and NaN stays NaN."""
    for length, n in ((5, 0), (5, 6), (4, 20), (1, 1), (1, 0), (1, 3)):
        agree(student, reference, "sum_first_n", 1 + normal(rng, length), n)
    agree(student, reference, "sum_first_n", np.append(1 + normal(rng, 5), np.float32(np.nan)), 6, lesson="nan_is_news")


@exercise("sum_first_n", trait="trace", points=6, lesson="not_a_jit_object")
def test_sum_first_n_jit(student, reference, rng):
    """The stub is a jax.jit object with n static, and a new x of the same shape is not traced again."""
    seen = student.run(look_at_jit, normal(rng, 12), normal(rng, 3, 12), 4)
    if not seen["jitted"]:
        raise CheckFailed("`sum_first_n` is a plain function, not a `jax.jit` object.", lesson="not_a_jit_object")
    if seen["traced arguments"] != 1:
        raise CheckFailed("Both arguments are traced; `n` should be static.", lesson="n_is_traced")
    if seen["programs"] > 1:
        raise CheckFailed(f"Three arrays of one shape made {seen['programs']} programs.", lesson="traced_again")
    if seen["compiled again"]:
        raise CheckFailed("A second call with the same arguments compiled again.", lesson="traced_again")
    x = normal(rng, 300)
    does_not_unroll(student, first_n, lambda n: (x, n))
    agree(student, reference, gradient, "sum_first_n", (normal(rng, 5), 3), (0,), lesson="gradient_cut")


def look_at_jit(stubs, x, others, n):
    """What jax.jit knows of sum_first_n"""
    function = stubs.sum_first_n
    if not hasattr(function, "lower") or programs_started(function, x, n) > 1:
        return {"jitted": False}
    traced = len(jax.tree.leaves(function.lower(x, n).args_info))
    programs = getattr(function, "_cache_size", lambda: 0)
    before = programs()
    for other in others:
        function(other, n)
    seen = {"jitted": True, "traced arguments": traced, "programs": programs() - before}
    return seen | {"compiled again": compilations(stubs, lambda x: function(x, n), x)}


def first_n(stubs, x, n):
    """sum_first_n(x, n)"""
    return stubs.sum_first_n(x, n)


LENGTH = 1 << 16  # 256 kB: in the cache, as a slow memory is slow for everybody


@exercise("sum_first_n", trait="speed", points=4, on_gpu=True, lesson="one_entry_at_a_time")
def test_sum_first_n_speed(student, race, rng):
    """Repeated calls cost one vectorized sum and no compilation."""
    x = normal(rng, 300)
    does_not_unroll(student, first_n, lambda n: (x, n))

    def shifts():
        return (rng.uniform(1, 2, 64).astype(np.float32),)

    race(sums, inputs=shifts, baseline=sums_one_by_one, rtol=1e-2, lesson="one_entry_at_a_time")


def sums(stubs):
    """sum_first_n of 65,000 entries, once for each shift"""
    return repeated_sums(stubs.sum_first_n)


def sums_one_by_one(stubs):
    """The same, entry after entry"""
    return repeated_sums(jax.jit(lambda x, n: lax.fori_loop(0, n, lambda i, s: s + x[i], 0.0), static_argnums=1))


def repeated_sums(function):
    x = 1 + jnp.arange(LENGTH) % 3 / 3.0
    mapped = jax.jit(lambda shifts: lax.map(lambda shift: function(x + shift, LENGTH - 100), shifts))
    # The call outside the loop costs most where each call compiles.
    return lambda shifts: (function(x, LENGTH - 100), mapped(shifts))


# selu


@exercise("selu", trait="values", points=6, lesson="selu_formula")
def test_selu_values(student, reference, rng):
    """It is lmbda*x on the right and lmbda*alpha*(e^x - 1) on the left."""
    for shape in ((), (1,), (9,), (3, 4)):
        agree(student, reference, "selu", np.asarray(2 * rng.normal(size=shape), np.float32))
    x = np.array([-3.0, -0.5, -0.001, 0.0, 0.001, 2.0], np.float32)
    agree(student, reference, "selu", x)
    agree(student, reference, "selu", x, 0.7, 1.3)
    agree(student, reference, "selu", x, alpha=2.1)
    agree(student, reference, "selu", x, lmbda=0.4)
    agree(student, reference, slopes, normal(rng, 5), 0.7, 1.3)


@exercise("selu", trait="values", points=4, lesson="both_branches_run")
def test_selu_large(student, reference, rng):
    """Far out, values and gradients are finite and right."""
    far = np.array([40.0, 88.0, 89.0, 100.0, 1e4, 1e30], np.float32) * np.float32(rng.uniform(1, 1.1))
    x = np.concatenate([far, -far])
    agree(student, reference, "selu", x)
    agree(student, reference, slopes, np.concatenate([x, normal(rng, 4)]))


@exercise("selu", trait="values", points=1, lesson="half_a_gradient")
def test_selu_zero(student):
    """At 0 the gradient lies between the slopes of both sides."""
    for alpha, lmbda in ((1.67, 1.05), (0.5, 2.0)):
        got = student.run(slopes, np.zeros(1, np.float32), alpha, lmbda)
        low, high = sorted((lmbda, alpha * lmbda))
        if not low - 1e-4 <= float(got[0]) <= high + 1e-4:
            half = any(abs(2 * float(got[0]) - side) < 1e-4 for side in (low, high))
            raise CheckFailed(
                f"The gradient at 0 is {float(got[0]):.4g}; the sides have {high:.4g} and {low:.4g}.",
                lesson="half_a_gradient" if half else "slope_at_a_kink",
            )


def slopes(stubs, xs, *scales):
    """vmap of the gradient of selu"""
    return jax.vmap(jax.grad(lambda x: stubs.selu(x, *scales)))(xs)


@exercise("selu", trait="trace", points=2, lesson="not_a_jit_object")
def test_selu_jit(student, reference, rng):
    """It is compiled: a call is one program."""
    agree(student, reference, call_jitted, "selu", normal(rng, 4))
    steps = student.run(top_level_steps, normal(rng, 4))
    if steps > 1:
        raise CheckFailed(f"A call runs {steps} operations one after the other instead of one compiled program.")


def top_level_steps(stubs, x):
    """How many programs one call of selu starts"""
    return programs_started(stubs.selu, x)


def programs_started(function, x, *static):
    """How many programs a call starts; a jit object is one, even where tracing shows what is in it"""
    if isinstance(function, type(jax.jit(len))):
        return 1
    return programs_of(jax.make_jaxpr(lambda v: function(v, *static))(x).jaxpr)


def programs_of(jaxpr):
    """How many programs it runs: one an operation; what only carries a gradient rule runs what is inside"""
    count = 0
    for equation in jaxpr.eqns:
        wrapper = equation.primitive.name.startswith(("custom_jvp_call", "custom_vjp_call", "checkpoint", "remat"))
        inner = equation.params.get("call_jaxpr", equation.params.get("jaxpr")) if wrapper else None
        count += 1 if inner is None else programs_of(getattr(inner, "jaxpr", inner))
    return count


@exercise("selu", trait="speed", points=2, on_gpu=True, lesson="traced_again")
def test_selu_speed(race, rng):
    """Repeated calls compile nothing and go over the array at once."""
    race(activations, inputs=lambda: (normal(rng, 100),), baseline=one_by_one, lesson="traced_again")


def activations(stubs):
    """Four calls of selu"""
    return repeated_calls(stubs.selu)


def one_by_one(stubs):
    """The formula, operation by operation"""
    return repeated_calls(lambda x: 1.05 * jnp.where(x > 0, x, 1.67 * jnp.expm1(jnp.where(x > 0, 0.0, x))))


def repeated_calls(function):
    wide = jnp.ones((300, 1))
    spread = jax.jit(lambda x, k: (wide * x + k / 8).reshape(-1))

    def run(x):
        return jnp.stack([function(spread(x, k))[:100] for k in range(4)])

    return run


# collatz_steps


@exercise("collatz_steps", trait="values", points=6, lesson="count_the_steps")
def test_collatz_steps_values(student, reference, rng):
    """The steps from n down to 1 are counted."""
    # In int16 a long path can end in a circle below 0.
    for n, lesson in ((6, "loop_never_ends"), (1, "loop_never_ends"), (LOW_PATHS[0], "narrow_integers")):
        if student.run(loop_goes_on, n):
            raise CheckFailed(f"For n = {n} its loop is still running after {ENOUGH:,} turns.", lesson=lesson)
    for n in (1, 2, 3, 6, 7, 27, int(rng.integers(8, 400))):
        agree(student, reference, "collatz_steps", np.array(n, np.int32))
    agree(student, reference, "collatz_steps", 9)


ENOUGH = 10_000
TURNS = []  # of all calls: what was compiled in one of them still writes here


def loop_goes_on(stubs, n):
    """Whether a `while_loop` of collatz_steps takes so many turns that it may never end"""
    plain = lax.while_loop
    TURNS.clear()

    def counted(cond_fun, body_fun, init_val):
        def goes_on(counted):
            return cond_fun(counted[0]) & (counted[1] < ENOUGH)

        def turn(counted):
            return body_fun(counted[0]), counted[1] + 1

        end, count = plain(goes_on, turn, (init_val, 0))
        jax.debug.callback(TURNS.append, count)
        return end

    # A program without an end cannot be stopped, not by the student either: these turns are counted.
    with mock.patch.object(lax, "while_loop", counted), contextlib.suppress(Exception):  # which comes again without it
        jax.block_until_ready(stubs.collatz_steps(np.int32(n)))
    jax.effects_barrier()
    return any(count >= ENOUGH for count in TURNS)


LOW_PATHS = (288_489, 216_367, 324_551, 355_143)  # long, and all below 2^24: float32 would do
NOT_FLOATS = (1, 15, 17, 19, 23, 25)  # added to 2^24, no float32; 169 steps
LONG_PATHS = (1_676_703, 2_515_055, 2_157_291, 2_463_273)
LONGEST_PATHS = (1_041_491_442, 781_118_582, 520_745_721, 390_559_291)  # 706 to 710 steps
HIGH_PATHS = (2_701_951, 2_160_799, 2_881_065, 1_590_921, 2_548_351)


@exercise("collatz_steps", trait="values", points=3, lesson="loop_too_short")
def test_collatz_steps_long(student, reference, rng):
    """Long paths, and paths that climb close to 2^31, are counted to the end."""
    agree(student, reference, "collatz_steps", np.array(rng.choice(LOW_PATHS), np.int32))
    odd = np.array(2**24 + rng.choice(NOT_FLOATS), np.int32)
    agree(student, reference, "collatz_steps", odd, lesson="floats_lose_integers")
    for n in (77031, *(int(rng.choice(paths)) for paths in (LONG_PATHS, LONGEST_PATHS, HIGH_PATHS)), 2**30):
        agree(student, reference, "collatz_steps", np.array(n, np.int32))


@exercise("collatz_steps", trait="trace", points=3)
def test_collatz_steps_jit(student, reference, rng):
    """n may be traced, and one trace serves every n."""
    numbers = [np.array(n, np.int32) for n in (1, 6, 97)]
    for n in numbers:
        agree(student, reference, call_jitted, "collatz_steps", n)
    if student.run(count_traces, "collatz_steps", [(n,) for n in numbers]) != 1:
        raise CheckFailed("A new n was traced again.", lesson="traced_again")


@exercise("collatz_steps", trait="trace", points=3)
def test_collatz_steps_vmap(student, reference, rng):
    """It can be mapped over many n, each with its own number of steps."""
    agree(student, reference, mapped_steps, np.arange(1, 40, dtype=np.int32))
    agree(student, reference, mapped_steps, np.array([77031, 1, *rng.integers(1, 500, 3)], np.int32))


def mapped_steps(stubs, ns):
    """jit of vmap of collatz_steps"""
    return jax.jit(jax.vmap(stubs.collatz_steps))(ns)


# ema


@exercise("ema", trait="values", points=8, lesson="alpha_weights_the_new")
def test_ema_values(student, reference, rng):
    """Each row is the weighted mean of its value and the average before."""
    xs, alpha = 1 + normal(rng, 6), float(rng.uniform(0.1, 0.4))
    agree(student, reference, first_average, xs, alpha, lesson="starts_at_x0")
    for shape in ((6,), (5, 3), (4, 4), (3, 2, 2)):
        agree(student, reference, "ema", 1 + normal(rng, *shape), float(rng.uniform(0.1, 0.4)))


def first_average(stubs, xs, alpha):
    """ema(xs, alpha)[0]"""
    return stubs.ema(xs, alpha)[0]


@exercise("ema", trait="values", points=3, lesson="powers_under_and_overflow")
def test_ema_edges(student, reference, rng):
    """One row, an alpha of 0 or 1 and a long series are no special cases."""
    for shape in ((1,), (1, 3), (1, 2, 2)):
        agree(student, reference, "ema", normal(rng, *shape), 0.3)
    for alpha in (0.0, 1.0):
        agree(student, reference, ema_with_number, normal(rng, 5, 2), alpha)
    agree(student, reference, ema_with_number, normal(rng, 80), 0.95)
    agree(student, reference, ema_with_number, normal(rng, 40), 0.9999)
    slow = 1 + normal(rng, 2000)
    agree(student, reference, ema_with_number, slow, 0.002, rtol=1e-3, atol=1e-3, lesson="alpha_weights_the_new")


def ema_with_number(stubs, xs, alpha):
    """jit of ema with alpha a Python number"""
    return jax.jit(lambda xs: stubs.ema(xs, alpha))(xs)


@exercise("ema", trait="trace", points=5)
def test_ema_traced(student, reference, rng):
    """alpha may be traced, one trace serves every alpha, and the program does not grow with the length."""
    x = normal(rng, 7, 2)
    alphas = np.array([0.2, 0.5, 0.9], np.float32)
    agree(student, reference, call_jitted, "ema", x, np.array(alphas[0]))
    agree(student, reference, mapped_ema, x, alphas)
    if student.run(count_traces, "ema", [(x, np.array(a)) for a in alphas]) != 1:
        raise CheckFailed("A new alpha was traced again.", lesson="traced_again")
    ema_does_not_unroll(student)
    agree(student, reference, gradient, "ema", (x, np.array(alphas[2])), (0, 1), lesson="gradient_cut")


def mapped_ema(stubs, xs, alphas):
    """vmap of ema over alphas"""
    return jax.vmap(lambda alpha: stubs.ema(xs, alpha))(alphas)


def ema_does_not_unroll(student):
    alpha = np.array(0.1, np.float32)
    for lengths in ((16, 64, 256), (256, 1024, 4096)):  # the second for a loop over blocks
        does_not_unroll(student, ema_of, lambda length: (np.zeros((length, 2), np.float32), alpha), lengths)


def ema_of(stubs, xs, alpha):
    """ema(xs, alpha)"""
    return stubs.ema(xs, alpha)


@exercise("ema", trait="speed", points=4, lesson="all_pairs_of_times")
def test_ema_speed(student, race, rng):
    """The work grows with the length, not with its square."""
    ema_does_not_unroll(student)

    def inputs():
        return normal(rng, 2000, 4), np.array(rng.uniform(0.05, 0.3), np.float32)

    race(compiled_ema, inputs=inputs, baseline=table_of_weights, lesson="all_pairs_of_times")


def compiled_ema(stubs):
    """Jitted ema"""
    return jax.jit(stubs.ema)


def table_of_weights(stubs):
    """A weight for every pair of times"""

    def run(xs, alpha):
        t = jnp.arange(xs.shape[0])
        age = t[:, None] - t
        weights = jnp.where(age < 0, 0.0, (1 - alpha) ** jnp.abs(age)) * jnp.where(t == 0, 1.0, alpha)
        return jnp.tensordot(weights, xs, 1)

    return jax.jit(run)


# honest_seconds


def first_success(student, program, complaint):
    """A machine may stall: what is seen in each of three tries is the answer's fault."""
    for attempt in range(3):
        problem = complaint(student.run(program))
        if problem is None:
            return
        if attempt == 2:
            raise CheckFailed(problem[0], lesson=problem[1])


NAP = 0.06


@exercise("honest_seconds", trait="law", points=5, lesson="time_one_call")
def test_honest_seconds_wall(student):
    """A function that sleeps 60 ms takes 60 ms."""
    first_success(student, time_a_nap, complain_of_nap)


def time_a_nap(stubs):
    """honest_seconds of a function that sleeps 60 ms in each call"""
    calls = []

    def nap(x, y):
        start = time.perf_counter()
        time.sleep(NAP)
        calls.append(time.perf_counter() - start)
        return x + y

    told = stubs.honest_seconds(nap, jnp.ones(3), jnp.zeros(3))
    return {"told": seconds(told), "calls": calls}


def seconds(told):
    """The number told, or -1 where it is none."""
    try:
        return float(told)
    except (TypeError, ValueError):
        return -1.0


def complain_of_nap(seen):
    told, calls = seen["told"], seen["calls"]
    text = f"The function slept 60 ms in each of {len(calls)} calls; the answer was {1000 * told:.3g} ms."
    if not told >= 0.95 * NAP:
        if len(calls) == 1:
            return text, "timed_another_function"
        return text, "wall_clock" if 0 <= told < 0.01 else "time_one_call"
    if told > max([NAP, *calls]) + 0.2 * NAP:
        return text, "time_one_call"
    return None


@exercise("honest_seconds", trait="law", points=3, lesson="compilation_counted")
def test_honest_seconds_warm(student):
    """Tracing and compilation do not count."""
    first_success(student, time_slow_to_compile, complain_of_compilation)


def time_slow_to_compile(stubs):
    """honest_seconds of a jitted function that takes 0.3 s to trace and microseconds to run"""

    @jax.jit
    def slow_to_trace(x):
        time.sleep(0.3)
        return x + 1

    return seconds(stubs.honest_seconds(slow_to_trace, jnp.ones(3)))


def complain_of_compilation(told):
    if 0 <= told < 0.01:
        return None
    return f"Tracing takes 0.3 s and a call less than 1 ms; the answer was {1000 * told:.3g} ms.", "compilation_counted"


@exercise("honest_seconds", trait="law", points=4, lesson="any_result_will_do")
def test_honest_seconds_asynchronous(student):
    """The clock stops when every array of the result is there, and starts when the warm-up is over."""
    first_success(student, time_hidden_work, complain_of_dispatch)
    first_success(student, time_after_long_warm_up, complain_of_warm_up)


@jax.jit
def hard_work(x):
    return lax.fori_loop(0, 250, lambda i, a: jnp.tanh(a @ a * 1e-2), x)


@jax.jit
def little_work(x):
    return jnp.tanh(x + 1)


def time_hidden_work(stubs):
    """honest_seconds of a function with one slow array in a nested result"""
    x = jnp.full((200, 200), 0.1)

    def work(a):
        return {"a": a, "b": (hard_work(a), 3.0, None), "c": a}

    told = stubs.honest_seconds(work, x)
    mine = []
    for _ in range(4):
        start = time.perf_counter()
        jax.block_until_ready(work(x))
        mine.append(time.perf_counter() - start)
    return {"told": seconds(told), "mine": min(mine)}


def complain_of_dispatch(seen):
    if seen["told"] >= 0.4 * seen["mine"]:
        return None
    told, mine = 1000 * seen["told"], 1000 * seen["mine"]
    return f"The result takes {mine:.3g} ms until it is there; the answer was {told:.3g} ms.", "result_not_awaited"


def time_after_long_warm_up(stubs):
    """honest_seconds of a function whose first call takes much longer in the background than the others"""
    x = jnp.full((200, 200), 0.1)
    jax.block_until_ready((hard_work(x), little_work(x)))
    results = []

    def work(a):
        if results:
            results.append(little_work(results[-1]))
        else:
            for _ in range(3):
                a = hard_work(a)
            results.append(a)
        return {"at once": x, "later": results[-1]}

    start = time.perf_counter()
    jax.block_until_ready(work(x))
    first = time.perf_counter() - start
    results.clear()
    return {"told": seconds(stubs.honest_seconds(work, x)), "first": first}


def complain_of_warm_up(seen):
    told, first = seen["told"], seen["first"]
    if 0 <= told < 0.3 * first:
        return None
    text = f"The first call takes {1000 * first:.3g} ms and the others next to nothing"
    return f"{text}; the answer was {1000 * told:.3g} ms.", "warm_up_still_running"


@exercise("honest_seconds", trait="law", points=3, lesson="any_result_will_do")
def test_honest_seconds_any_output(student):
    """Any result will do, arrays or not, and the answer is a Python float."""
    answers = student.run(time_any_output)
    for name, is_float, told in answers:
        if not is_float:
            raise CheckFailed(f"What came back for {name} is no Python float.", lesson="a_python_float")
        if not 0 <= told < 5:
            raise CheckFailed(f"A quick function that returns {name} took {told} s.", lesson="time_one_call")
    if not any(told for _, _, told in answers):
        raise CheckFailed("Quick functions take 0 seconds: the answer is rounded.", lesson="a_python_float")
    if not student.run(given_as_they_are):
        raise CheckFailed(
            "The function was not called with the arguments as they came.", lesson="timed_another_function"
        )


def given_as_they_are(stubs):
    """Whether honest_seconds hands NumPy arrays on"""
    array, seen = np.ones(3), []

    def look(x):
        seen.append(x)
        return x

    stubs.honest_seconds(look, array)
    return all(type(x) is np.ndarray for x in seen)


def time_any_output(stubs):
    """honest_seconds of functions that return floats, dicts and nothing at all"""
    functions = {
        "an array": (lambda x: x + 1, jnp.ones(2)),
        "a float": (lambda a, b: a + b, 1.0, 2.0),
        "nothing": (lambda: None,),
        "a nested dict": (lambda d, n: {"x": (d["x"], [n, None])}, {"x": jnp.ones(3)}, 2),
    }
    told = {name: stubs.honest_seconds(*call) for name, call in functions.items()}
    return [(name, isinstance(t, float), seconds(t)) for name, t in told.items()]
