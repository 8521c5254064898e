# %% [markdown]
# # 03 · jit: tracing, static arguments, control flow
#
# `jax.jit` does not read your source. It *runs* your function once with stand-ins for the arguments, notes
# every operation they meet, and compiles the notes. Later calls run the notes and never your Python. Most of
# what is surprising about JAX follows from these two sentences.

# %%
import time
from functools import partial

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
from jax import lax

# Pretend that this machine has eight devices, for the last section. It must come before the first computation.
jax.config.update("jax_num_cpu_devices", 8)

from autograder import check, hint
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GREY = "#2b6cb0", "#dd6b20", "#a0aec0"

# %% [markdown]
# ## What is printed when
#
# `print` is Python: it runs while tracing, once, and sees a stand-in, a *tracer*. `jax.debug.print` is an
# operation: it is noted down and runs in every call.


# %%
@jax.jit
def double(x):
    print("tracing with", x)
    jax.debug.print("running with {}", x)
    return 2 * x


for number in 1.0, 2.0, 3.0:
    double(number).block_until_ready()

print(jax.make_jaxpr(lambda x: 2 * x + jnp.sin(x))(1.0))  # what was noted down

# %% [markdown]
# Each transformation brings its own tracer, and they nest. Inside `vmap` an array looks like one example;
# inside `grad` it carries a tangent along.


# %%
def look(label):
    def function(x):
        print(f"{label:14}", x)
        return x**2

    return function


xs = jnp.arange(3.0)
look("no transform")(1.0)
jax.jit(look("jit"))(1.0)
jax.vmap(look("vmap"))(xs)
jax.grad(look("grad"))(1.0)
jax.vmap(jax.grad(look("vmap of grad")))(xs)

# %% [markdown]
# ## When a function is traced again
#
# The notes hold for one set of shapes, dtypes and static arguments. Something new means a new trace and a new
# compilation: milliseconds to minutes instead of microseconds. Count them: a counter in Python counts traces.

# %%
traces = 0


@jax.jit
def normalize(v):
    global traces
    traces += 1
    return v / jnp.linalg.norm(v)


def draw_calls(arrays):
    history = []
    for array in arrays:
        before, start = traces, time.perf_counter()
        normalize(array).block_until_ready()
        history.append((traces > before, 1e6 * (time.perf_counter() - start)))
    figure, axis = plt.subplots(figsize=(7, 2.6))
    for traced, color, label in ((True, ORANGE, "traced and compiled"), (False, BLUE, "ran")):
        bars = [(k, micros) for k, (was_traced, micros) in enumerate(history) if was_traced == traced]
        axis.bar(*zip(*bars, strict=True), color=color, width=0.7, label=label)
    axis.set_xticks(range(len(arrays)), [f"{array.dtype.name}\n[{array.size}]" for array in arrays], fontsize=8)
    axis.set(yscale="log", ylabel="microseconds", title=f"{len(arrays)} calls, {traces} traces")
    axis.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    plt.show()


four, five = jnp.ones(4), jnp.ones(5)
draw_calls([four, 2 * four, four, five, four, four.astype(int), five, four])

# %% [markdown]
# ## A tracer has no value
#
# So Python cannot decide anything by it.


# %%
@jax.jit
def absolute(x):
    if x < 0:
        return -x
    return x


try:
    absolute(-3.0)
except jax.errors.TracerBoolConversionError as error:
    print(str(error).split("\n")[0])

print(jax.jit(lambda x: jnp.where(x < 0, -x, x))(jnp.array([-3.0, 2.0])))  # choose, entry by entry

# %% [markdown]
# **Exercise.** A function in two pieces that can be compiled.


# %%
def piecewise(x, y):
    """`3 * y**2` where `x < 3`, else `-4 * y`.

    `x` is a number or an array, and so is `y`; with arrays each entry chooses for itself. Both
    may be traced.
    """
    ### BEGIN SOLUTION
    return jnp.where(x < 3, 3 * y**2, -4 * y)
    ### END SOLUTION


# %%
check("piecewise")

# %% [markdown]
# ## Static arguments
#
# A static argument is no tracer but the value itself, so Python may branch on it, loop over it or build a shape
# from it. The price: one program for each value. Good for a number of layers or a mode; bad for what changes at
# every call.


# %%
@partial(jax.jit, static_argnames="power")
def raise_to(x, power):
    print("tracing for power", power)
    return x if power == 1 else x * raise_to(x, power - 1)


print(raise_to(2.0, power=3), raise_to(5.0, power=3))


# %% [markdown]
# And three ways to get it wrong:

# %%
scale = jax.jit(lambda x, rate: x * rate, static_argnums=1)
for step in range(4):
    scale(1.0, 1 / (1 + step))  # every rate is new
print("a changing number made static:", scale._cache_size(), "programs")

try:
    scale(1.0, jnp.ones(2))
except ValueError as error:
    print("an array made static:", str(error).split(".")[0][:90])

try:
    jax.jit(lambda x, n: x[:n])(jnp.arange(5.0), 3)
except IndexError as error:
    print("a shape not made static:", str(error).split(".")[0])

# %% [markdown]
# **Exercise.** Compile the stub itself: after this cell, `sum_first_n` should be what `jax.jit` returned.


# %%
def sum_first_n(x, n):
    """The sum of the first `n >= 0` entries of the vector `x`; of all entries where `n > len(x)`.

    `sum_first_n` is a `jax.jit` object with `n` static: decorate it, or rebind the name below its
    body. A new `x` of the same shape is not traced again.
    """
    ### BEGIN SOLUTION
    return x[:n].sum()


sum_first_n = jax.jit(sum_first_n, static_argnames="n")
### END SOLUTION


# %%
check("sum_first_n")

# %% [markdown]
# ## Both sides of a `where` are computed
#
# `jnp.where` is a choice between two results that both exist. The gradient of the side not chosen is multiplied
# by 0, and 0 times infinity is NaN. The cure: give the unused side a harmless input.


# %%
def root(x):
    return jnp.where(x > 0, jnp.sqrt(x), 0.0)


def safe_root(x):
    return jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1.0)), 0.0)


print(root(0.0), jax.grad(root)(0.0))
print(safe_root(0.0), jax.grad(safe_root)(0.0))

# %% [markdown]
# **Exercise.** An activation function with an exponential that must not run away.


# %%
def selu(x, alpha=1.67, lmbda=1.05):
    """`lmbda * x` for `x > 0`, else `lmbda * alpha * (exp(x) - 1)`; compiled: the stub is jitted.

    Values and gradients are finite for large `abs(x)`. At exactly 0 the gradient is the slope of
    one side or between both.
    """
    ### BEGIN SOLUTION
    left = jnp.expm1(jnp.where(x > 0, 0.0, x))
    return lmbda * jnp.where(x > 0, x, alpha * left)


selu = jax.jit(selu)
### END SOLUTION


# %%
check("selu")


# %%
@when_solved(selu)
def draw_selu():
    x = jnp.linspace(-4, 3, 300)
    plt.figure(figsize=(5, 2.4))
    plt.plot(x, selu(x), color=BLUE, label="selu")
    plt.plot(x, jax.vmap(jax.grad(selu))(x), color=ORANGE, label="its gradient")
    plt.axhline(0, color=GREY, lw=0.8, zorder=0)
    plt.legend(frameon=False)
    plt.gca().spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.show()


# %% [markdown]
# ## Control flow that is part of the program
#
# | | runs |
# |---|---|
# | `lax.cond(pred, f, g, x)` | `f(x)` or `g(x)` |
# | `lax.switch(i, [f, g, h], x)` | the `i`-th |
# | `lax.fori_loop(a, b, body, x)` | `x = body(i, x)` for `i` in `range(a, b)` |
# | `lax.while_loop(cond, body, x)` | `x = body(x)` while `cond(x)` |
# | `lax.scan(body, carry, xs)` | `carry, y = body(carry, x)` for each `x` of `xs`, and stacks the `y` |

# %%
print("cond  ", lax.cond(jnp.array(3) > 2, lambda x: x + 1, lambda x: x - 1, 10))
print("switch", lax.switch(jnp.array(2), [jnp.sin, jnp.cos, jnp.exp], 0.0))
print("fori  ", lax.fori_loop(1, 6, lambda i, product: product * i, 1))
print("while ", lax.while_loop(lambda x: x < 1000, lambda x: 2 * x, 7))
print("scan  ", lax.scan(lambda total, x: (total + x, total + x), 0, jnp.arange(6)))

# %% [markdown]
# A Python loop inside a jitted function works too, if its length is known, but it is copied into the program
# turn by turn.


# %%
def python_loop(xs):
    state = 0.0
    for x in xs:
        state = jnp.tanh(0.5 * state + x)
    return state


def scan_loop(xs):
    return lax.scan(lambda state, x: (jnp.tanh(0.5 * state + x), None), 0.0, xs)[0]


lengths = 2 ** np.arange(1, 8)
figure, axis = plt.subplots(figsize=(5, 2.4))
for function, color in ((python_loop, ORANGE), (scan_loop, BLUE)):
    sizes = [len(jax.jit(function).lower(jnp.zeros(n)).as_text().splitlines()) for n in lengths]
    axis.plot(lengths, sizes, "o-", color=color, label=function.__name__)
axis.set(xlabel="length of the loop", ylabel="lines of program", ylim=(0, None))
axis.legend(frameon=False)
axis.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
plt.show()

# %% [markdown]
# **Exercise.** Halve an even number, map an odd `n` to `3n + 1`: nobody knows why it always ends at 1, or how
# long it takes. The data decide.


# %%
def collatz_steps(n):
    """How many steps lead from `n >= 1` to 1, as an int32.

    A step is `n // 2` for an even number, `3 * n + 1` for an odd one.

    `n` is an integer whose path stays below 2^31. It may be traced, and the function can be
    vmapped.
    """

    ### BEGIN SOLUTION
    def step(state):
        n, steps = state
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), steps + 1

    start = jnp.asarray(n, jnp.int32), jnp.int32(0)
    return lax.while_loop(lambda state: state[0] != 1, step, start)[1]
    ### END SOLUTION


# %%
check("collatz_steps")


# %%
@when_solved(collatz_steps)
def draw_collatz():
    ns = np.arange(1, 20_001)
    steps = np.asarray(jax.jit(jax.vmap(collatz_steps))(ns))
    plt.figure(figsize=(7, 2.8))
    plt.scatter(ns, steps, s=1, c=steps, cmap="viridis", rasterized=True)
    plt.title(f"20,000 loops side by side; the longest runs {steps.max()} steps", fontsize=10)
    plt.xlabel("n")
    plt.ylabel("steps")
    plt.gca().spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.show()


# %% [markdown]
# ## Loops with a memory
#
# A scan hands its state on from step to step. Where the steps can be combined in any grouping,
# `lax.associative_scan` does it in about log T rounds, which a GPU likes.

# %%
print(lax.scan(lambda top, x: (jnp.maximum(top, x),) * 2, 0, jnp.array([3, 1, 4, 1, 5, 9, 2, 6]))[1])
print(lax.associative_scan(jnp.maximum, jnp.array([3, 1, 4, 1, 5, 9, 2, 6])))


# %%
def ema(xs, alpha):
    """The exponential moving average along axis 0.

    `h_t = alpha * x_t + (1 - alpha) * h_(t-1)`, with `h_0 = x_0`.

    `xs[T, ...]` with `T >= 1`; the result has its shape. `alpha` may be traced. The size of the
    program grows at most like log T, and the work not like T².
    """

    ### BEGIN SOLUTION
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, xs[0], xs)[1]
    ### END SOLUTION


# %%
check("ema")


# %%
@when_solved(ema)
def draw_ema():
    walk = jnp.cumsum(jax.random.normal(jax.random.key(1), (300,)))
    noisy = walk + 3 * jax.random.normal(jax.random.key(2), (300,))
    plt.figure(figsize=(7, 2.6))
    plt.plot(noisy, color=GREY, lw=0.7, label="noisy")
    for alpha, color in ((0.3, BLUE), (0.05, ORANGE)):
        plt.plot(ema(noisy, alpha), color=color, label=f"alpha = {alpha}")
    plt.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    plt.gca().spines[["top", "right"]].set_visible(False)
    plt.tight_layout()
    plt.show()


# %% [markdown]
# ## Honest timing
#
# A call returns before its result is computed: JAX puts the work in a queue and hands you an array that will be
# filled. Printing it, converting it or `jax.block_until_ready` waits. A clock that is stopped before measures
# the queueing.


# %%
@jax.jit
def busy(matrix):
    return lax.fori_loop(0, 200, lambda _, m: jnp.tanh(m @ m / 100), matrix)


def time_both(name, matrix):
    start = time.perf_counter()
    result = busy(matrix)
    returned = time.perf_counter() - start
    result.block_until_ready()
    ready = time.perf_counter() - start
    print(f"{name}: returned after {1e3 * returned:6.1f} ms, ready after {1e3 * ready:6.1f} ms")


time_both("first call ", jnp.ones((200, 200)))
time_both("second call", jnp.ones((200, 200)))

# %% [markdown]
# **Exercise.** A stopwatch that tells the truth: `jax.block_until_ready` takes any pytree.


# %%
def honest_seconds(fn, *args):
    """Wall-clock seconds of one warm call `fn(*args)`, a Python float.

    `fn` is called as it is: do not jit it, it may be plain Python. Compilation is left out, and
    the clock stops when the whole result is computed. The result may be any pytree, with leaves
    that are no arrays. More than one warm call is allowed.
    """
    ### BEGIN SOLUTION
    jax.block_until_ready(fn(*args))
    start = time.perf_counter()
    jax.block_until_ready(fn(*args))
    return time.perf_counter() - start
    ### END SOLUTION


# %%
check("honest_seconds")

# %% [markdown]
# ## What jit buys
#
# Your stopwatch on twelve terms of a series, in NumPy, in JAX operation by operation, and compiled into one
# program that goes over the array once.


# %%
@when_solved(honest_seconds)
def draw_speeds():
    def series(x):
        y = x
        for k in range(12, 1, -1):
            y = x * (1 + y / k)
        return y

    sizes = 10 ** np.arange(2, 7)
    rivals = {
        "NumPy": (series, np.ones, GREY),
        "JAX, not compiled": (series, jnp.ones, ORANGE),
        "JAX, jit": (jax.jit(series), jnp.ones, BLUE),
    }
    figure, axis = plt.subplots(figsize=(6, 2.8))
    for name, (function, ones, color) in rivals.items():
        seconds = [min(honest_seconds(function, ones(int(n), "float32")) for _ in range(5)) for n in sizes]
        axis.plot(sizes, 1e6 * np.array(seconds), "o-", color=color, label=name)
    axis.set(xscale="log", yscale="log", xlabel="entries", ylabel="microseconds")
    axis.legend(frameon=False)
    axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    plt.show()


# %% [markdown]
# ## One program, eight devices (optional)
#
# A jitted program also runs on arrays that are spread over devices. You say where the pieces lie; the compiler
# splits the work and adds the communication. Nothing in the function changes. (Here the eight devices share one
# CPU, so it is a rehearsal, not a gain.)

# %%
from jax.sharding import NamedSharding, PartitionSpec

mesh = jax.make_mesh((len(jax.devices()),), ("rows",))
by_rows = NamedSharding(mesh, PartitionSpec("rows"))
table = jax.device_put(jnp.arange(16 * 1024.0).reshape(16, 1024), by_rows)
centred = jax.jit(lambda t: t - t.mean(axis=0))(table)  # the mean needs all rows, so all devices

print(mesh.size, "devices; one piece is", centred.addressable_shards[0].data.shape, "of", centred.shape)
jax.debug.visualize_array_sharding(centred)
print("as in NumPy:", np.allclose(centred, np.asarray(table) - np.asarray(table).mean(0)))
