# %% [markdown]
# # 04 · Autodiff: grad, jvp, vjp and what they cost
#
# A derivative in JAX is a function made from a function. This notebook takes them apart: derivatives of any order,
# products with the Jacobian from the right (`jvp`) and from the left (`vjp`), products with the Hessian, and what
# to do where the automatic answer is NaN.

# %%
import math

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np

from autograder import check, hint
from autograder.selfcheck.show import when_solved

BLUE, RED, GREEN, SAND, GREY = "#33658a", "#c8553d", "#588157", "#e9b872", "#9aa0a6"
plt.rcParams |= {"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False}

# %% [markdown]
# ## 1. The derivative of a function is a function
#
# `jax.grad(f)` differentiates with respect to the first argument; `argnums` picks others. The argument may be any
# pytree of floats, and the gradient has its shape.


# %%
def volume(radius, height):
    return jnp.pi * radius**2 * height


print("by radius:", jax.grad(volume)(1.0, 2.0))
print("by height:", jax.grad(volume, argnums=1)(1.0, 2.0))
print("by both:  ", jax.grad(volume, argnums=(0, 1))(1.0, 2.0))
print("a dict:   ", jax.grad(lambda can: volume(can["r"], can["h"]))({"r": 1.0, "h": 2.0}))

# %% [markdown]
# The backward pass needs the value anyway, so `value_and_grad` gives both for the price of one. `has_aux` lets a
# second output ride along.

# %%
print(jax.value_and_grad(volume)(1.0, 2.0))
print(jax.value_and_grad(lambda r: (volume(r, 2.0), {"area": jnp.pi * r**2}), has_aux=True)(1.0))

# %% [markdown]
# Since `grad(f)` is a function, so is `grad(grad(f))`. `grad` wants a single number as the output; `vmap` runs it
# on a whole axis of points. Here is swish, `x · sigmoid(x)`, with its first three derivatives.


# %%
def swish(x):
    return x * jax.nn.sigmoid(x)


xs = jnp.linspace(-6, 6, 300)
curves = {
    "swish": jax.vmap(swish),
    "first derivative": jax.vmap(jax.grad(swish)),
    "second": jax.vmap(jax.grad(jax.grad(swish))),
    "third": jax.vmap(jax.grad(jax.grad(jax.grad(swish)))),
}
fig, ax = plt.subplots(figsize=(6.2, 3.2))
ax.axhline(0, color=GREY, lw=0.6)
for (name, curve), color in zip(curves.items(), (BLUE, RED, GREEN, SAND), strict=True):
    ax.plot(xs, curve(xs), color=color, lw=2, label=name)
ax.set(xlabel="x", ylim=(-0.8, 2.5), title="vmap(grad(grad(grad(swish))))")
ax.legend()
plt.show()

# %% [markdown]
# ### Exercise: `nth_derivative`


# %%
def nth_derivative(f, n):
    """The n-th derivative of `f`, as a function.

    Args:
        f: a function from one number to one number.
        n: a Python int, 0 or more.

    Returns:
        The function x -> dⁿf/dxⁿ(x). For n = 0 that is `f`.
    """
    ### BEGIN SOLUTION
    for _ in range(n):
        f = jax.grad(f)
    return f
    ### END SOLUTION


# %%
check("nth_derivative")

# %% [markdown]
# With it a Taylor polynomial is a short loop: `f(a) + f'(a) (x-a) + f''(a)/2! (x-a)² + ...`


# %%
@when_solved(nth_derivative)
def taylor():
    _, ax = plt.subplots(figsize=(6.2, 3.2))
    ax.plot(xs, swish(xs), color=BLUE, lw=3, label="swish")
    total = jnp.zeros_like(xs)
    for n, color in zip(range(7), (GREY, GREY, SAND, SAND, RED, RED, GREEN), strict=True):
        total += nth_derivative(swish, n)(1.0) / math.factorial(n) * (xs - 1) ** n
        if n % 2 == 0 and n:
            ax.plot(xs, total, color=color, lw=1.5, label=f"{n} derivatives")
    ax.plot(1.0, swish(1.0), "o", color=BLUE)
    ax.set(xlabel="x", ylim=(-1.5, 6), title="Taylor polynomials around 1")
    ax.legend()
    plt.show()


# %% [markdown]
# ## 2. Forward: where does a small step go?
#
# Near a point `x`, a function from vectors to vectors is a matrix, its Jacobian `J`: a small step `v` in becomes
# the step `J v` out. `jax.jvp(f, (x,), (v,))` carries the pair (value, step) through the program side by side. It
# stores nothing, and costs about as much as one more run of `f`.


# %%
def swirl(p):
    angle = 0.9 * jnp.sum(p**2)
    return jnp.array([p[0] * jnp.cos(angle) - p[1] * jnp.sin(angle), p[0] * jnp.sin(angle) + p[1] * jnp.cos(angle)])


point, step = jnp.array([0.6, 0.25]), jnp.array([0.25, 0.1])
landed, moved = jax.jvp(swirl, (point,), (step,))
print("f(x) =", landed, "  J v =", moved)
print("f(x + v) - f(x) =", swirl(point + step) - landed, "  for a step that is not so small")

# %% [markdown]
# The picture shows it: a ring of small steps around `x` becomes an ellipse around `f(x)`. One `jvp` is one arrow;
# `vmap` over steps draws them all.

# %%
turn = jnp.linspace(0, 2 * jnp.pi, 60)
ring = 0.25 * jnp.stack([jnp.cos(turn), jnp.sin(turn)], axis=1)
image = jax.vmap(lambda v: jax.jvp(swirl, (point,), (v,))[1])(ring)
grid = jnp.linspace(-1, 1, 13)
lines = jnp.stack([jnp.stack(jnp.broadcast_arrays(level, jnp.linspace(-1, 1, 80)), axis=-1) for level in grid])
lines = jnp.concatenate([lines, lines[..., ::-1]])

fig, axes = plt.subplots(1, 2, figsize=(7, 3.4))
panels = ((lines, point, ring, "x and steps v"), (jax.vmap(jax.vmap(swirl))(lines), landed, image, "f(x) and J v"))
for ax, (net, centre, steps, title) in zip(axes, panels, strict=True):
    for strand in net:
        ax.plot(*strand.T, color=GREY, lw=0.5, zorder=0)
    ax.fill(*(centre + steps).T, color=SAND, alpha=0.5)
    ax.quiver(
        *jnp.broadcast_to(centre, (12, 2)).T,
        *steps[::5].T,
        color=RED,
        angles="xy",
        scale_units="xy",
        scale=1,
        width=0.005,
    )
    ax.plot(*centre, "o", color=BLUE, ms=4)
    ax.set(title=title, aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
plt.show()

# %% [markdown]
# ### Exercise: `directional_derivative`


# %%
def directional_derivative(f, x, v):
    """The value of `f` at `x` and its derivative along `v`.

    Args:
        f: a function of one argument, with any number of outputs.
        x: an array or any pytree of arrays.
        v: a direction, of the structure and shapes of `x`.

    Returns:
        (f(x), J v), J being the Jacobian of `f` at `x`. Forward mode: it costs about as much as
        one `f`, whatever the size of `x`.
    """
    ### BEGIN SOLUTION
    return jax.jvp(f, (x,), (v,))
    ### END SOLUTION


# %%
check("directional_derivative")

# %% [markdown]
# ## 3. Backward: what does an output depend on?
#
# `jax.vjp(f, x)` runs `f` once, keeps what the way back needs, and returns a function `pull`. `pull(u)` gives `Jᵀ
# u`: how the weighted sum of outputs `u · f(x)` depends on every input. `grad` is `pull(1.0)`.

# %%
same, pull_back = jax.vjp(swirl, point)
(sensitivity,) = pull_back(jnp.array([1.0, 0.0]))
print("derivatives of the first output:", sensitivity)
print("the whole Jacobian:\n", jax.jacobian(swirl)(point))

# %% [markdown]
# So `jvp` along a unit vector is a **column** of `J`, and `pull` of a unit vector is a **row**. For a tall `J`
# forward mode is the cheap way to all of it (`jacfwd`), for a wide one reverse mode (`jacrev`). For a loss, which
# has a single row, one backward pass gives everything: that is why training works.

# %%
blur = jnp.exp(-0.5 * ((jnp.arange(16)[:, None] * 1.5 - jnp.arange(24)) / 2) ** 2)


def blurred(x):
    return blur @ (x * jnp.abs(x))


inputs = jnp.sin(jnp.arange(24) / 3)
jacobian = jax.jacobian(blurred)(inputs)
column = jax.jvp(blurred, (inputs,), (jnp.zeros(24).at[15].set(1.0),))[1]
(row,) = jax.vjp(blurred, inputs)[1](jnp.zeros(16).at[4].set(1.0))

fig, ax = plt.subplots(figsize=(6, 3.6))
ax.imshow(jacobian, cmap="PuOr", vmin=-2, vmax=2, aspect="auto")
ax.add_patch(plt.Rectangle((14.5, -0.5), 1, 16, fill=False, ec=RED, lw=2, label="jvp, input 15: a column"))
ax.add_patch(plt.Rectangle((-0.5, 3.5), 24, 1, fill=False, ec=BLUE, lw=2, label="vjp, output 4: a row"))
ax.set(xlabel="input", ylabel="output", title="A Jacobian, 16 outputs by 24 inputs")
ax.legend(loc="lower left", frameon=True)
plt.show()
print(
    "column agrees:", bool(jnp.allclose(column, jacobian[:, 15])), "  row agrees:", bool(jnp.allclose(row, jacobian[4]))
)

# %% [markdown]
# ### Exercise: `jacobian_rows`
#
# Of a Jacobian with a million rows you may want three. One run of `f`, three backward passes, side by side.


# %%
def jacobian_rows(f, x, rows):
    """Some rows of the Jacobian of `f` at `x`.

    Args:
        f: a function from x[n] to f(x)[m].
        x: float32[n].
        rows: int32[k], indices of outputs in [0, m), traced; in any order, repeats allowed, k may
            be 0.

    Returns:
        [k, n], row i being the gradient of output rows[i]. One backward pass for each, batched;
        never the whole Jacobian.
    """
    ### BEGIN SOLUTION
    y, pull = jax.vjp(f, x)
    units = jax.nn.one_hot(rows, y.shape[0], dtype=y.dtype)
    (picked,) = jax.vmap(pull)(units)
    return picked
    ### END SOLUTION


# %%
check("jacobian_rows")

# %% [markdown]
# ## 4. Second derivatives without the Hessian
#
# The Hessian of a loss is the Jacobian of its gradient. For a million parameters it has 10¹² entries, and nobody
# needs them: Newton's method, power iteration and conjugate gradients only ask for products `H v`. As before, a
# product is far cheaper than the matrix. See how the two grow.


# %%
def ripples(x):
    return jnp.sum(jnp.sin(x[1:] * x[:-1]) ** 2)


def megabytes(fn, n):
    analysis = jax.jit(fn).lower(jnp.ones(n)).compile().memory_analysis()
    return (analysis.temp_size_in_bytes + analysis.output_size_in_bytes) / 1e6


print("     n    gradient     Hessian   (MB)")
for size in (100, 1000, 4000):
    print(f"{size:6d} {megabytes(jax.grad(ripples), size):11.4f} {megabytes(jax.hessian(ripples), size):11.2f}")

# %% [markdown]
# ### Exercise: `hvp`


# %%
def hvp(f, x, v):
    """Product of the Hessian of `f` at `x` with `v`.

    Args:
        f: a function of one argument, with a single number as output.
        x: an array of any shape, or a pytree of arrays.
        v: of the structure and shapes of `x`.

    Returns:
        H v, of the structure and shapes of `x`. The Hessian is never formed.
    """
    ### BEGIN SOLUTION
    return jax.jvp(jax.grad(f), (x,), (v,))[1]
    ### END SOLUTION


# %%
check("hvp")

# %% [markdown]
# ## 5. Where NaN comes from
#
# Take entropy, `-p log p`, which is 0 at `p = 0`. The formula says `0 * -inf` there, and a `jnp.where` mends the
# value. It does not mend the derivative: both sides of a `where` are computed and differentiated, and the unused
# side's `inf` is multiplied by 0, which is NaN. The way out is a second `where` *inside*, so that the unused side
# sees a harmless number.


# %%
def entropy_once(p):
    return jnp.where(p > 0, -p * jnp.log(p), 0.0)


def entropy_twice(p):
    harmless = jnp.where(p > 0, p, 1.0)
    return jnp.where(p > 0, -p * jnp.log(harmless), 0.0)


for chance in (0.5, 0.0):
    for entropy in (entropy_once, entropy_twice):
        print(
            f"p = {chance}: {entropy.__name__:13} {entropy(chance):.3f}, its gradient {jax.grad(entropy)(chance):6.3f}"
        )

# %% [markdown]
# ### Exercise: `safe_norm`
#
# The Euclidean norm has a tip at 0, where autodiff of the square root gives NaN. A single zero row in a batch is
# enough to poison a training run. Here the slope at the tip shall be 0.

# %%
points = jnp.arange(-100, 101) / 100
length = jax.vmap(lambda x: jnp.sqrt(jnp.sum(x**2)))(points[:, None])
slope = jax.vmap(jax.grad(lambda x: jnp.sqrt(x**2)))(points)
fig, ax = plt.subplots(figsize=(5, 2.8))
ax.plot(points, length, color=BLUE, lw=2, label="sqrt(x²)")
ax.plot(points, slope, ".", color=RED, ms=3, label="its gradient")
for hole in points[jnp.isnan(slope)]:
    ax.axvline(hole, color=SAND, lw=1, zorder=0)
    ax.annotate(f"NaN at {hole:.0f}", (hole, 0.25), xytext=(0.25, -0.5), arrowprops={"arrowstyle": "->", "color": GREY})
ax.set(xlabel="x")
ax.legend(loc="upper left", bbox_to_anchor=(0.02, 0.75))
plt.show()


# %%
def safe_norm(x):
    """Euclidean norm of a vector, safe at 0.

    Args:
        x: float32[n].

    Returns:
        A number: the norm. At x = 0 it is exactly 0 and its gradient is 0, not NaN; under `jit`
        and `vmap` too.
    """
    ### BEGIN SOLUTION
    square = jnp.sum(x * x)
    is_zero = square == 0
    return jnp.where(is_zero, 0.0, jnp.sqrt(jnp.where(is_zero, 1.0, square)))
    ### END SOLUTION


# %%
check("safe_norm")

# %% [markdown]
# ## 6. Rules of your own
#
# `jax.custom_jvp` lets you say what the derivative is. `round` is flat, so its gradient is 0 and nothing can be
# learned through it. The *straight-through* trick keeps the value and pretends that the slope is 1:


# %%
@jax.custom_jvp
def quantize(x):
    return jnp.round(x)


@quantize.defjvp
def quantize_rule(primals, tangents):
    (x,), (v,) = primals, tangents
    return quantize(x), v


print("round:   ", jax.value_and_grad(jnp.round)(2.3))
print("quantize:", jax.value_and_grad(quantize)(2.3))

# %% [markdown]
# The other use is numerics. `log(1 + eˣ)` is almost `x` for large `x`, but `eˣ` overflows float32 at 89. The
# derivatives that autodiff makes of the formula break down earlier: look at the second one, which should be a small
# bump at 0. From 44 on it is not NaN but wrong, which is worse.


# %%
def naive(x):
    return jnp.log(1 + jnp.exp(x))


xs = jnp.linspace(-20, 130, 301)
fig, axes = plt.subplots(1, 3, figsize=(8.4, 2.6))
orders = (naive, jax.grad(naive), jax.grad(jax.grad(naive)))
for ax, fn, title in zip(axes, orders, ("log(1 + eˣ)", "first derivative", "second derivative"), strict=True):
    values = jax.vmap(fn)(xs)
    good = jnp.isfinite(values)
    ax.plot(xs[good], values[good], color=BLUE, lw=2)
    ax.axvspan(float(xs[good][-1]), 130, color=RED, alpha=0.15, lw=0)
    ax.text(0.5 * (float(xs[good][-1]) + 130), 0.5 * float(values[good].max()), "inf\nor NaN", color=RED, ha="center")
    ax.set(title=title, xlabel="x", xlim=(-20, 130))
fig.tight_layout()
plt.show()

# %% [markdown]
# ### Exercise: `log1pexp`


# %%
def log1pexp(x):
    """log(1 + eˣ), stable.

    Args:
        x: one number, float32, in [-10,000, 10,000].

    Returns:
        The value. `jax.grad` of it and `jax.grad` of that are right over the whole range as well,
        0 included. A custom rule and a stable form will both do.
    """
    ### BEGIN SOLUTION
    return jnp.logaddexp(x, 0.0)
    ### END SOLUTION


# %%
check("log1pexp")

# %% [markdown]
# ## 7. Downhill: linear regression
#
# Gradient descent is one line once there is a gradient. Here a straight line is fitted to points; its parameters
# are a dict, and `jax.tree.map` steps through all entries.

# %%
rng = np.random.default_rng(4)
x_data = jnp.asarray(rng.uniform(-1, 2, 40), jnp.float32)
y_data = 1.5 * x_data - 0.7 + jnp.asarray(rng.normal(0, 0.25, 40), jnp.float32)


def line_loss(line, x, y):
    return 0.5 * jnp.mean((line["slope"] * x + line["height"] - y) ** 2)


@jax.jit
def line_step(line, x, y):
    loss, gradient = jax.value_and_grad(line_loss)(line, x, y)
    return jax.tree.map(lambda p, g: p - 0.3 * g, line, gradient), loss


line_now, line_losses, history = {"slope": -1.0, "height": 1.0}, [], []
while len(history) < 60:
    history.append(line_now)
    line_now, loss_now = line_step(line_now, x_data, y_data)
    line_losses.append(loss_now)

fig, axes = plt.subplots(1, 2, figsize=(7.4, 2.9))
axes[0].plot(x_data, y_data, "o", color=GREY, ms=3)
ends = jnp.array([-1.0, 2.0])
for when in (0, 1, 2, 4, 8, 16):
    axes[0].plot(ends, history[when]["slope"] * ends + history[when]["height"], color=SAND, lw=1)
axes[0].plot(ends, line_now["slope"] * ends + line_now["height"], color=RED, lw=2, label="after 60 steps")
axes[0].set(xlabel="x", ylabel="y")
axes[0].legend()
axes[1].semilogy(line_losses, color=BLUE, lw=2)
axes[1].set(xlabel="step", ylabel="loss")
fig.tight_layout()
plt.show()
print(
    {entry: round(float(number), 2) for entry, number in line_now.items()}, "from data made with slope 1.5, height -0.7"
)

# %% [markdown]
# ### Exercise: `regression_step`
#
# The same for many inputs and outputs. The dict may hold more than parameters: a step counter, a key, a mask.


# %%
def regression_step(params, x, y, lr):
    """One step of gradient descent on 0.5 * mean((x @ W + b - y)**2), the mean over all entries.

    Args:
        params: {'W': [in, out], 'b': [out], ...}; there may be other entries, of any dtype.
        x: [n, in].
        y: [n, out].
        lr: the learning rate, a number; may be traced.

    Returns:
        (params, loss): the dict with new W and b, all other entries unchanged; and the loss
        before the step. What came in stays as it is.
    """

    ### BEGIN SOLUTION
    def loss_of(learned):
        return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, gradient = jax.value_and_grad(loss_of)(learned)
    return params | jax.tree.map(lambda p, g: p - lr * g, learned, gradient), loss
    ### END SOLUTION


# %%
check("regression_step")

# %% [markdown]
# ## Finale
#
# Your step takes the learning rate as data, so `vmap` runs a whole sweep in one program.


# %%
@when_solved(regression_step)
def sweep():
    rates = jnp.array([0.01, 0.05, 0.2, 0.6])
    colors = (GREY, SAND, BLUE, RED)

    def descend(lr):
        def body(params, _):
            return regression_step(params, x_data[:, None], y_data[:, None], lr)

        return jax.lax.scan(body, {"W": -jnp.ones((1, 1)), "b": jnp.ones(1)}, length=80)

    _, losses = jax.jit(jax.vmap(descend))(rates)
    _, ax = plt.subplots(figsize=(5.4, 2.9))
    for rate, loss, color in zip(rates, losses, colors, strict=True):
        ax.semilogy(loss, color=color, lw=2, label=f"lr {rate:.2f}")
    ax.set(xlabel="step", ylabel="loss", title="One program, four learning rates")
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


# %% [markdown]
# And an old puzzle: where is the sum of the distances to three towns smallest? Here a steep bank in the east adds to
# it. The arrows are the gradient field of your functions, downhill, on a grid that contains the towns: not one of them
# is NaN. The red path follows the gradient; the green one is Newton's method, which asks `hvp` for the curvature.


# %%
@when_solved(safe_norm, log1pexp, hvp)
def field():
    towns = jnp.array([[-1.5, -0.75], [0.75, -1.5], [-0.25, 1.5]])

    def height(p):
        return sum(safe_norm(p - town) for town in towns) + log1pexp(6 * (p[0] - 1))

    slope = jax.grad(height)

    def newton(p):
        curvature = jax.vmap(lambda v: hvp(height, p, v))(jnp.eye(2))
        return p - jnp.linalg.solve(curvature, slope(p))

    def path(step, length):
        body = jax.jit(lambda p: jax.lax.scan(lambda p, _: (step(p), p), p, length=length)[1])
        return body(jnp.array([0.7, 0.9]))

    def mesh(n):
        return jnp.stack(jnp.meshgrid(*2 * [jnp.linspace(-2, 2, n)]), axis=-1)

    arrows = -jax.jit(jax.vmap(jax.vmap(slope)))(mesh(17))
    print("arrows that are NaN:", int(jnp.isnan(arrows).sum()))
    arrows /= 1 + jnp.linalg.norm(arrows, axis=-1, keepdims=True)
    heights = jax.jit(jax.vmap(jax.vmap(height)))(mesh(129))

    _, ax = plt.subplots(figsize=(5, 4.6))
    ax.imshow(
        heights, origin="lower", extent=(-2, 2, -2, 2), cmap="YlGnBu_r", vmax=12, alpha=0.6, interpolation="bicubic"
    )
    ax.contour(*mesh(129).T, heights.T, 20, colors="white", linewidths=0.6)
    ax.quiver(*mesh(17).T, *arrows.T, color=BLUE, width=0.0035)
    ax.plot(*towns.T, "o", color=SAND, mec=BLUE, ms=8, label="towns")
    ax.plot(*path(lambda p: p - 0.05 * slope(p), 60).T, ".-", color=RED, lw=1.5, label="gradient, 60 steps")
    ax.plot(*path(newton, 6).T, "o-", color=GREEN, ms=4, lw=1.5, label="Newton, 6 steps")
    ax.set(aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    ax.legend(loc="lower left", fontsize=8, frameon=True)
    plt.show()
