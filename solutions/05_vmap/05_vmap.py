# %% [markdown]
# # 05 · vmap: write it for one, run it for many
#
# Most functions are easy to write for one example. `jax.vmap` turns such a function into one for a whole batch, without
# a loop and without a single `axis=` argument: it gives every operation inside one more axis.

# %%
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from autograder import check, hint
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GREEN, GREY = "#3b6fb6", "#e07b39", "#4c9f70", "#9aa0a6"
plt.rcParams.update(
    {"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 9, "font.size": 9}
)


# %%
def weigh(w, x):
    """A number for one `x[3]`."""
    return jnp.dot(w, x)


w = jnp.array([1.0, 2.0, 3.0])
four = jnp.arange(12.0).reshape(4, 3)

print("one example  ", weigh(w, four[0]))
print("four examples", jax.vmap(weigh, in_axes=(None, 0))(w, four))

# %% [markdown]
# `in_axes` has one entry an argument: `0` runs over axis 0, `1` over axis 1, `None` hands the whole argument to every
# call. `out_axes` says where the new axis goes in the result. What one call sees is coloured:

# %%
BOX = 0.36


def draw_boxes(ax, x, y, shape, axis):
    """An array as boxes, with what one call sees in colour."""
    for i in range(shape[0]):
        for j in range(shape[1]):
            seen = axis is None or (i, j)[axis] == 0
            colour = (GREEN if axis is None else BLUE) if seen else "white"
            ax.add_patch(Rectangle((x + j * BOX, y - (i + 1) * BOX), BOX, BOX, fc=colour, ec="#444", lw=0.8))


def draw_map(ax, title, arguments, result):
    """A row of arguments, an arrow, and the result."""
    for x, (name, shape, axis) in zip((0.0, 1.75), arguments, strict=True):
        draw_boxes(ax, x, shape[0] * BOX / 2, shape, axis)
        ax.text(x + shape[1] * BOX / 2, 1.0, f"{name}\n{'shared' if axis is None else f'axis {axis}'}", ha="center")
    ax.annotate("", (3.75, 0), (3.2, 0), arrowprops={"arrowstyle": "->", "color": "#444"})
    (name, shape, axis) = result
    draw_boxes(ax, 4.0, shape[0] * BOX / 2, shape, axis)
    ax.text(4.0 + shape[1] * BOX / 2, 1.0, f"{name}\naxis {axis}", ha="center")
    ax.set(xlim=(-0.2, 5.6), ylim=(-0.9, 1.75), aspect="equal")
    ax.set_title(title, family="monospace", fontweight="bold")
    ax.axis("off")


fig, axes = plt.subplots(1, 3, figsize=(10, 1.9))
draw_map(axes[0], "in_axes=(None, 0)", [("w[3]", (1, 3), None), ("xs[4,3]", (4, 3), 0)], ("out[4]", (4, 1), 0))
draw_map(axes[1], "in_axes=(None, 1)", [("w[4]", (4, 1), None), ("xs[4,3]", (4, 3), 1)], ("out[3]", (3, 1), 0))
draw_map(axes[2], "in_axes=(0, 0), out_axes=1", [("a[4,2]", (4, 2), 0), ("b[4,3]", (4, 3), 0)], ("out[3,4]", (3, 4), 1))
plt.show()

# %%
print(jax.vmap(jnp.outer)(four, four).shape, "a table for each row, in front")
print(jax.vmap(jnp.outer, out_axes=-1)(four, four).shape, "the same, at the end")
print(jax.vmap(jnp.sum, in_axes=1)(four), "sums of the columns")

# %% [markdown]
# ## A layer for a batch
# `None` and `0` hold for a whole pytree: `in_axes=(None, 0)` shares every array of a tuple of parameters.

# %%
line = (jnp.array([2.0, -1.0]), jnp.array(0.5))


def predict_line(params, x):
    slope, offset = params
    return jnp.dot(slope, x) + offset


jax.vmap(predict_line, in_axes=(None, 0))(line, jnp.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))


# %%
def batched_relu_layer(params, xs):
    """`relu(W @ x + b)` of every row of `xs`.

    Args:
        params: `(W[out, in], b[out])`.
        xs: `[batch, in]`.

    Returns:
        `[batch, out]`, by one program whatever the batch.
    """

    ### BEGIN SOLUTION
    def layer(params, x):
        W, b = params
        return jax.nn.relu(W @ x + b)

    return jax.vmap(layer, in_axes=(None, 0))(params, xs)
    ### END SOLUTION


# %%
check("batched_relu_layer")

# %% [markdown]
# ## All pairs: a map inside a map
# One `vmap` is one loop, two are a double loop. The outer one makes the first axis of the result.

# %%
times = jax.vmap(jax.vmap(lambda a, b: a * b, in_axes=(None, 0)), in_axes=(0, None))
print(times(jnp.arange(1, 5), jnp.arange(1, 8)))

# %% [markdown]
# Distances hide a trap. `|x|² - 2 x·y + |y|²` is a fast formula for `|x - y|²`, and exact on paper. In float32 it
# subtracts large numbers to find a small one. Below: what it says of two points at distance 1, the further they are
# from the origin.

# %%
offsets = jnp.logspace(0, 5, 60)


def expanded(x, y):
    return jnp.dot(x, x) - 2 * jnp.dot(x, y) + jnp.dot(y, y)


far_points = offsets[:, None] + jnp.array([0.1, 0.2, 0.3])
neighbours = far_points + jnp.array([1.0, 0.0, 0.0])
by_formula = jax.vmap(expanded)(far_points, neighbours)

plt.figure(figsize=(5.5, 2.3))
plt.axhline(1, color=GREY, lw=1)
plt.semilogx(offsets, by_formula, ".-", color=ORANGE, lw=0.8, ms=4)
plt.ylim(-3, 5)
plt.xlabel("distance from the origin")
plt.ylabel("squared distance,\nmultiplied out")
plt.tight_layout()
plt.show()


# %%
def pairwise_sq_dists(xs, ys):
    """Squared Euclidean distances of all pairs of rows.

    Exactly zero where two rows are equal, with a finite gradient there.

    Args:
        xs: `[n, d]`.
        ys: `[m, d]`.

    Returns:
        `[n, m]`: entry `[i, j]` is the squared distance of `xs[i]` and `ys[j]`.
    """

    ### BEGIN SOLUTION
    def distance(x, y):
        return jnp.sum((x - y) ** 2)

    to_all = jax.vmap(distance, in_axes=(None, 0))
    return jax.vmap(to_all, in_axes=(0, None))(xs, ys)
    ### END SOLUTION


# %%
check("pairwise_sq_dists")


# %%
@when_solved(pairwise_sq_dists)
def three_clouds():
    """Three clouds of points and the distances of all pairs."""
    rng = np.random.default_rng(3)
    centres = np.repeat([[0.0, 0.0], [4.0, 1.0], [1.5, 4.0]], 14, axis=0)
    points = jnp.asarray(centres + 0.6 * rng.normal(size=centres.shape))
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.1), width_ratios=(1, 1.15))
    for k, colour in enumerate((BLUE, ORANGE, GREEN)):
        left.scatter(*points[14 * k : 14 * k + 14].T, color=colour, s=16)
    left.set(title="42 points", xlabel="$x_0$", ylabel="$x_1$", aspect="equal")
    image = right.imshow(jnp.sqrt(pairwise_sq_dists(points, points)), cmap="viridis")
    right.set(title="their distances", xlabel="point", ylabel="point")
    fig.colorbar(image, ax=right)
    fig.tight_layout()
    plt.show()


# %% [markdown]
# ## A gradient for each example
# Linear regression the usual way: a loss for one example, mapped over the data, averaged, differentiated.

# %%
rng = np.random.default_rng(0)
slopes_x = jnp.asarray(rng.uniform(-1, 1, size=(40, 1)), jnp.float32)
slopes_y = 1.5 * slopes_x[:, 0] - 0.5 + 0.3 * jnp.asarray(rng.normal(size=40), jnp.float32)


def line_loss(params, x, y):
    """For one example: `x[1]`, a number `y`."""
    return (jnp.dot(params["w"], x) + params["b"] - y) ** 2


@jax.jit
def mean_loss(params):
    return jnp.mean(jax.vmap(line_loss, in_axes=(None, 0, 0))(params, slopes_x, slopes_y))


fit = {"w": jnp.zeros(1), "b": jnp.zeros(())}
for step in range(60):
    if step % 20 == 0:
        print(f"step {step:2}: loss {mean_loss(fit):.3f}")
    fit = jax.tree.map(lambda p, g: p - 0.2 * g, fit, jax.grad(mean_loss)(fit))
print(f"w = {fit['w'][0]:.2f}, b = {fit['b']:.2f}; the data were made with 1.5 and -0.5")

# %% [markdown]
# The mean hides who pulled where. Clipping outliers, private training and measuring noise all need the gradient of each
# example. You already know the gradient of one.


# %%
def per_example_grads(loss, params, xs, ys):
    """The gradient of `loss` in `params`, for each example.

    Args:
        loss: `loss(params, x, y)` is a number, for one example.
        params: any pytree of arrays.
        xs: the examples, along axis 0.
        ys: their targets, along axis 0.

    Returns:
        A pytree like `params`, with a leading batch axis on every leaf.
    """
    ### BEGIN SOLUTION
    return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, xs, ys)
    ### END SOLUTION


# %%
check("per_example_grads")


# %%
@when_solved(per_example_grads)
def who_pulls_where():
    """Downhill arrows of all examples and of their mean, on the landscape of the mean loss."""
    here = {"w": jnp.array([0.3]), "b": jnp.array(0.6)}
    grads = per_example_grads(line_loss, here, slopes_x, slopes_y)
    w, b = jnp.linspace(-1.2, 2.8, 60), jnp.linspace(-1.8, 1.4, 60)
    row = jax.vmap(lambda w, b: mean_loss({"w": w[None], "b": b}), in_axes=(0, None))
    landscape = jax.vmap(row, in_axes=(None, 0))(w, b)
    plt.figure(figsize=(5.2, 3.6))
    plt.contour(w, b, landscape, levels=12, colors=GREY, linewidths=0.6)
    down_w, down_b = -grads["w"][:, 0], -grads["b"]
    start = here["w"][0], here["b"]
    style = {"angles": "xy", "scale_units": "xy"}
    ones = jnp.ones(len(down_w))
    plt.quiver(start[0] * ones, start[1] * ones, down_w, down_b, color=BLUE, alpha=0.5, scale=3, width=0.004, **style)
    plt.quiver(*start, down_w.mean(), down_b.mean(), color=ORANGE, scale=1.5, width=0.012, **style)
    plt.plot(fit["w"], fit["b"], "*", color=GREEN, ms=12)
    plt.plot([], [], color=BLUE, label="downhill for one example")
    plt.plot([], [], color=ORANGE, lw=3, label="their mean (twice the scale)")
    plt.plot([], [], "*", color=GREEN, label="the best fit")
    plt.legend(fontsize=7.5, loc="upper right")
    plt.xlabel("w")
    plt.ylabel("b")
    plt.tight_layout()
    plt.show()


# %% [markdown]
# ## Many models at once
# Data are not the only thing with a batch. Stack the parameters of several models leaf by leaf, and a whole ensemble is
# one tree that `vmap` can run over.

# %%
models = [{"layer": (jnp.full((2, 3), float(k)), jnp.zeros(2)), "scale": jnp.array(1.0 + k)} for k in range(5)]
ensemble = jax.tree.map(lambda *leaves: jnp.stack(leaves), *models)
jax.tree.map(jnp.shape, ensemble)


# %%
def ensemble_predict(predict, stacked, x):
    """What every model of an ensemble predicts for the same `x`.

    Args:
        predict: `predict(params, x)` is the prediction of one model, an array.
        stacked: the parameters of all models: a pytree with a leading model axis on every leaf.
        x: one input, shared by all models.

    Returns:
        The predictions, with a leading model axis.
    """
    ### BEGIN SOLUTION
    return jax.vmap(predict, in_axes=(0, None))(stacked, x)
    ### END SOLUTION


# %%
check("ensemble_predict")


# %%
@when_solved(ensemble_predict)
def doubt():
    """Quartic fits to thirty resampled data sets."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.uniform(-2, -0.7, 10), rng.uniform(0.7, 1.8, 10)])
    y = np.sin(2 * x) + 0.2 * rng.normal(size=x.size)
    picks = rng.integers(0, x.size, size=(30, x.size))
    fits = jax.vmap(lambda x, y: jnp.polyfit(x, y, 4))(jnp.asarray(x)[picks], jnp.asarray(y)[picks])
    grid = jnp.linspace(-2.4, 2.2, 120)
    curves = ensemble_predict(jnp.polyval, fits, grid)
    plt.figure(figsize=(5.5, 2.8))
    plt.plot(grid, curves.T, color=BLUE, lw=0.7, alpha=0.4)
    plt.plot(grid, jnp.median(curves, 0), color=ORANGE, lw=2, label="median of the models")
    plt.plot(x, y, "o", color="#333", ms=4, label="data")
    plt.ylim(-3, 3)
    plt.xlabel("x")
    plt.ylabel("prediction")
    plt.title("thirty models agree where there are data")
    plt.legend(fontsize=7.5, loc="upper center")
    plt.tight_layout()
    plt.show()


# %% [markdown]
# ## A window for each row
# Under `jit` and `vmap` the start of a slice is data and has no value yet, so `x[s : s + 3]` cannot work.
# `lax.dynamic_slice_in_dim` takes a traced start and a fixed width. A window that would run over the end is moved back
# until it fits.

# %%
row = jnp.arange(8)
for first in (0, 3, 5, 6, 100):
    print(f"start {first:3}:", jax.lax.dynamic_slice_in_dim(row, first, 3))


# %%
def slice_each(xs, starts, width):
    """A window of `width` entries of each row, each at its own start.

    Args:
        xs: `[batch, len]`.
        starts: integers `[batch]`, at least 0, may be traced; one past `len - width` counts as
            `len - width`.
        width: a Python int, at most `len`.

    Returns:
        `[batch, width]`: row `i` is `xs[i, starts[i] : starts[i] + width]`.
    """

    ### BEGIN SOLUTION
    def window(x, start):
        return jax.lax.dynamic_slice_in_dim(x, start, width)

    return jax.vmap(window)(xs, starts)
    ### END SOLUTION


# %%
check("slice_each")


# %%
@when_solved(slice_each)
def line_up():
    """A pulse that comes at another time in every row, before and after lining up."""
    rng = np.random.default_rng(2)
    peaks = rng.integers(20, 160, size=40)
    time = np.arange(180)
    signals = np.exp(-(((time - peaks[:, None]) / 5) ** 2)) + 0.35 * rng.normal(size=(40, 180))
    windows = slice_each(jnp.asarray(signals), jnp.asarray(peaks - 20), 40)
    fig, axes = plt.subplots(1, 3, figsize=(9, 2.6), width_ratios=(2.2, 1, 1.2))
    axes[0].imshow(signals, aspect="auto", cmap="Greys", vmin=0, vmax=1.3)
    for i, peak in enumerate(peaks):
        axes[0].plot([peak - 20, peak + 20], [i, i], color=BLUE, lw=0.7, alpha=0.7)
    axes[0].set(title="signals and their windows", xlabel="time", ylabel="row")
    axes[1].imshow(windows, aspect="auto", cmap="Greys", vmin=0, vmax=1.3)
    axes[1].set(title="the windows", xlabel="time in the window")
    axes[2].plot(windows.mean(0), color=ORANGE, lw=2, label="of windows")
    axes[2].plot(signals[:, 70:110].mean(0), color=GREY, label="not lined up")
    axes[2].set(title="means", xlabel="time in the window")
    axes[2].legend(fontsize=7.5)
    fig.tight_layout()
    plt.show()


# %% [markdown]
# ## Talking across the batch
# Inside `vmap` an example sees nothing of the others, unless the axis has a name. `lax.psum`, `lax.pmean` and
# `lax.pmax` then combine the examples along it. The same code runs when the axis is spread over many devices.


# %%
def share(x):
    """What part of the whole one example is."""
    return x / jax.lax.psum(x, "people")


jax.vmap(share, axis_name="people")(jnp.array([1.0, 3.0, 4.0]))


# %%
def standardize(xs, axis_name):
    """One example, with every feature at zero mean and unit variance over the mapped axis.

    To be called under `jax.vmap(..., axis_name=axis_name)`.

    Args:
        xs: one example, `[features]`.
        axis_name: the name of the mapped axis.

    Returns:
        `(x - mean) / sqrt(variance + 1e-5)`, `[features]`: the mean is over the mapped axis, and
        the variance is the mean of the squares of the centred values there.
    """
    ### BEGIN SOLUTION
    centred = xs - jax.lax.pmean(xs, axis_name)
    variance = jax.lax.pmean(centred**2, axis_name)
    return centred / jnp.sqrt(variance + 1e-5)
    ### END SOLUTION


# %%
check("standardize")


# %%
@when_solved(standardize)
def before_and_after():
    """Three features of a batch, before and after."""
    rng = np.random.default_rng(1)
    raw = jnp.asarray(rng.normal(size=(200, 3)) * [0.5, 3.0, 1.0] + [6.0, -4.0, 0.0])
    tidy = jax.vmap(lambda x: standardize(x, "people"), axis_name="people")(raw)
    fig, axes = plt.subplots(1, 2, figsize=(7, 2.4), sharey=True)
    for ax, data, title in zip(axes, (raw, tidy), ("before", "after"), strict=True):
        for k, colour in enumerate((BLUE, ORANGE, GREEN)):
            ax.hist(data[:, k], bins=np.linspace(-13, 9, 67), color=colour, alpha=0.6, label=f"feature {k}")
        ax.set(title=title, xlabel="value")
    axes[0].set_ylabel("examples")
    axes[0].legend(fontsize=7.5)
    fig.tight_layout()
    plt.show()
