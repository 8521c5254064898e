# %% [markdown]
# # 07 · Convolutions, then Flax
#
# An image model looks at small neighbourhoods, everywhere in the same way. You build its three parts from arrays
# (convolution, pooling, batch normalisation), then a whole network in Flax, and train it on digits.

# %%
import sys
import time

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import optax
from flax import nnx
from jax import lax
from matplotlib.patches import Rectangle
from tqdm import tqdm

from autograder import check, hint
from autograder.datasets import digits
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GRAY = "#3b6fb6", "#e07b39", "#9aa0a6"
plt.rcParams.update({"figure.dpi": 110, "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})

train_images, train_labels, test_images, test_labels = digits()
train_images, test_images = train_images.reshape(-1, 28, 28, 1), test_images.reshape(-1, 28, 28, 1)
print(train_images.shape, test_images.shape)

# %% [markdown]
# ## A convolution by hand
#
# Lay a small kernel on the image, multiply entry by entry, add up, write the sum down, move on. This kernel subtracts
# what is left of a pixel from what is right of it, so it answers where the image brightens: an edge detector.

# %%
corner = np.zeros((6, 6))
corner[1:, 3:] = 1.0
edge = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])


def slide(image, kernel):
    """One channel, stride 1, no padding: the definition, one output at a time."""
    k = len(kernel)
    height, width = (n - k + 1 for n in image.shape)
    return np.array([[np.sum(image[i : i + k, j : j + k] * kernel) for j in range(width)] for i in range(height)])


def table(ax, values, title, box, cmap="RdBu_r", limit=4):
    """Numbers on their colours, the block at `box = (row, column, size)` framed."""
    ax.imshow(values, cmap=cmap, vmin=0 if cmap == "gray" else -limit, vmax=limit)
    for (i, j), value in np.ndenumerate(values):
        dark = value < 0.5 * limit if cmap == "gray" else abs(value) > 0.6 * limit
        ax.text(j, i, f"{value:g}", ha="center", va="center", color="white" if dark else "black", fontsize=8)
    row, column, size = box
    frame = Rectangle((column - 0.5, row - 0.5), size, size, fill=False, edgecolor=ORANGE, linewidth=2.5, clip_on=False)
    ax.add_patch(frame)
    bare(ax, title)


def bare(ax, title=""):
    """An image without a frame or ticks."""
    ax.set(title=title, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def picture_by_hand():
    _, axes = plt.subplots(1, 3, figsize=(7, 2.6), layout="constrained")
    table(axes[0], corner, "image, 6x6", (1, 1, 3), cmap="gray", limit=1)
    table(axes[1], edge, "kernel, 3x3", (0, 0, 3))
    table(axes[2], slide(corner, edge), "sum of products, 4x4", (1, 1, 1))
    plt.show()


picture_by_hand()

# %% [markdown]
# The framed block times the kernel is the framed number. On a digit the same kernel finds the upright strokes, and
# its transpose the level ones.


# %%
def picture_of_edges():
    digit = train_images[0, :, :, 0]
    _, axes = plt.subplots(1, 3, figsize=(6.4, 2.3), layout="constrained")
    axes[0].imshow(digit, cmap="gray")
    axes[1].imshow(slide(digit, edge), cmap="RdBu_r", vmin=-4, vmax=4)
    axes[2].imshow(slide(digit, edge.T), cmap="RdBu_r", vmin=-4, vmax=4)
    for ax, title in zip(axes, ("a digit", "brighter to the right", "brighter below"), strict=True):
        bare(ax, title)
    plt.show()


picture_of_edges()

# %% [markdown]
# ## `conv2d`
#
# For many images and channels at once: `x[N, H, W, Cin]` (NHWC), kernel `w[kh, kw, Cin, Cout]` (HWIO). Each output
# channel adds up over the block *and* the input channels. The kernel is not flipped: strictly speaking this is a
# cross-correlation.
#
# With stride `s` the kernel moves `s` pixels at a time. `'VALID'` keeps it inside the image: `(H - kh) // s + 1` rows
# come out. `'SAME'` pads with zeros until `ceil(H / s)` rows come out; where the padding is odd, the extra zero goes
# below and to the right.


# %%
def rows_out(height, kernel, stride):
    same = -(-height // stride)
    padding = max((same - 1) * stride + kernel - height, 0)
    print(f"stride {stride}: VALID gives {(height - kernel) // stride + 1:2d} rows,", end=" ")
    print(f"SAME {same:2d} (zeros above {padding // 2}, below {padding - padding // 2})")


rows_out(28, 5, 1), rows_out(28, 5, 2), rows_out(28, 5, 3)


# %%
def conv2d(x, w, b, stride, padding):
    """Two-dimensional convolution, as networks use it (cross-correlation).

    Args:
        x: float32[N, H, W, Cin].
        w: float32[kh, kw, Cin, Cout].
        b: float32[Cout], added to each output channel.
        stride: a Python int, for both directions.
        padding: 'SAME' or 'VALID'.

    Returns float32[N, H', W', Cout].
    """
    ### BEGIN SOLUTION
    layout = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=layout) + b
    ### END SOLUTION


# %%
check("conv2d")

# %% [markdown]
# ## `max_pool`
#
# The largest entry of each window, channel by channel. Neighbouring windows overlap where the stride is smaller than
# the window.


# %%
def picture_of_pooling():
    numbers = np.array([[1.0, 3, 0, -1], [2, 0, -2, -4], [-5, -6, 7, 1], [-7, -8, 2, 5]])
    blocks = numbers.reshape(2, 2, 2, 2)  # block row, row, block column, column
    _, axes = plt.subplots(1, 2, figsize=(4.4, 2.4), layout="constrained", gridspec_kw={"width_ratios": (2, 1.2)})
    table(axes[0], numbers, "4x4", (2, 0, 2), limit=8)
    table(axes[1], blocks.max(axis=(1, 3)), "window 2, stride 2", (1, 0, 1), limit=8)
    plt.show()


picture_of_pooling()


# %%
def max_pool(x, window, stride):
    """The maximum over `window` x `window` blocks, every `stride` pixels, no padding (VALID).

    Args:
        x: float32[N, H, W, C], of any sign.
        window: a Python int.
        stride: a Python int.

    Returns float32[N, (H - window) // stride + 1, (W - window) // stride + 1, C].
    """
    ### BEGIN SOLUTION
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
    ### END SOLUTION


# %%
check("max_pool")

# %% [markdown]
# ## `batch_norm`
#
# In training each channel is centred and scaled with the mean and variance of *this batch*, then stretched by `gamma`
# and moved by `beta`, which are learned. On the side, running averages are kept, for the day when a single image
# comes and there is no batch to average over.


# %%
def picture_of_batch_norm():
    draws = np.random.default_rng(0).normal([3.0, -1.0], [2.0, 0.5], size=(60, 64, 2))
    path = [np.zeros(2)]
    for images in draws:
        path.append(0.9 * path[-1] + 0.1 * images.mean(0))
    normalised = (draws[0] - draws[0].mean(0)) / np.sqrt(draws[0].var(0) + 1e-5)

    _, axes = plt.subplots(1, 3, figsize=(8, 2.3), layout="constrained")
    for channel, color in enumerate((BLUE, ORANGE)):
        shared = {"range": (-4, 8), "bins": 36, "color": color, "alpha": 0.65}
        axes[0].hist(draws[0, :, channel], label=f"channel {channel}", **shared)
        axes[1].hist(normalised[:, channel], **shared)
        axes[2].plot(np.array(path)[:, channel], color=color)
        axes[2].axhline((3.0, -1.0)[channel], color=GRAY, linestyle="--", linewidth=1)
    axes[0].set(title="a batch of 64", xlabel="value", ylabel="count")
    axes[1].set(title="normalised", xlabel="value", ylim=axes[0].get_ylim())
    axes[2].set(title="running mean, momentum 0.9", xlabel="batch")
    axes[0].legend(frameon=False)
    plt.show()


picture_of_batch_norm()


# %%
def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    """Batch normalisation of `x[N, H, W, C]`, channel by channel.

    Args:
        gamma: float32[C], the scale after normalising.
        beta: float32[C], the shift after scaling.
        stats: {'mean': float32[C], 'var': float32[C]}, running averages.
        training: a Python bool. If True, normalise with the mean and (biased) variance of the
            batch over N, H and W, and move the averages:
            `new = momentum * old + (1 - momentum) * batch`. If False, normalise with `stats`.
        eps: added to the variance inside the root.

    Returns `(y, stats)`; without training, `stats` as they came.
    """
    ### BEGIN SOLUTION
    mean, var = stats["mean"], stats["var"]
    if training:
        mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
        batch = {"mean": mean, "var": var}
        stats = {name: momentum * stats[name] + (1 - momentum) * batch[name] for name in ("mean", "var")}
    return (x - mean) * lax.rsqrt(var + eps) * gamma + beta, stats
    ### END SOLUTION


# %%
check("batch_norm")

# %% [markdown]
# ## Flax: layers that own their arrays
#
# An `nnx.Module` is a Python object whose attributes hold the parameters. Layers are made in `__init__`, with `rngs`
# to draw their weights from, and called in `__call__`. Some layers behave differently in training; `model.train()`
# and `model.eval()` switch them all.


# %%
class Small(nnx.Module):
    def __init__(self, rngs):
        self.hidden = nnx.Linear(3, 4, rngs=rngs)
        self.drop = nnx.Dropout(0.5, rngs=rngs)
        self.out = nnx.Linear(4, 2, rngs=rngs)

    def __call__(self, x):
        return self.out(self.drop(nnx.relu(self.hidden(x))))


small = Small(nnx.Rngs(0))
small.eval()
print(small(jnp.ones((1, 3))), small.hidden.kernel.shape)
print(jax.tree.map(jnp.shape, nnx.to_pure_dict(nnx.state(small, nnx.Param))))

# %% [markdown]
# Convolutions are `nnx.Conv(in_channels, out_channels, kernel_size, strides=, padding=, rngs=)`, batch normalisation
# is `nnx.BatchNorm(channels, momentum=, rngs=)`. Four convolutions of stride 2 take 28 pixels to 14, 7, 4 and 2.


# %%
class CNN(nnx.Module):
    """A convolutional network for `x[N, 28, 28, 1]`; the call returns logits `[N, num_classes]`.

    Convolutions are SAME with stride 2. The layers, by their attribute names:

        conv1  32 channels, 5x5    bn1    ReLU
        conv2  32 channels, 5x5    bn2    ReLU
        conv3  10 channels, 3x3    bn3    ReLU
        conv4  10 channels, 3x3           ReLU
        flatten, dense             num_classes logits

    In training mode the batch norms use the batch and keep running averages (momentum from 0.9 to
    0.99); in evaluation mode they use the averages.
    """

    def __init__(self, num_classes, rngs):
        ### BEGIN SOLUTION
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        norm = {"momentum": 0.9, "rngs": rngs}
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), **conv), nnx.BatchNorm(10, **norm)
        self.conv4 = nnx.Conv(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(2 * 2 * 10, num_classes, rngs=rngs)
        ### END SOLUTION

    def __call__(self, x):
        ### BEGIN SOLUTION
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(len(x), -1))
        ### END SOLUTION


# %%
check("CNN")

# %% [markdown]
# ## `train_step`
#
# `nnx.value_and_grad` differentiates with respect to a module's parameters, and `optimizer.update(model, grads)`
# changes the module in place. Inside a function under `nnx.jit` the same lines become one compiled program, and what
# they changed comes out with it.

# %%
line = nnx.Linear(1, 1, rngs=nnx.Rngs(0))
descent = nnx.Optimizer(line, optax.sgd(0.1), wrt=nnx.Param)


def squared_error(model, x, y):
    return jnp.mean((model(x) - y) ** 2)


def fit_line():
    inputs = jnp.linspace(-1, 1, 20)[:, None]
    for _ in range(3):
        error, slopes = nnx.value_and_grad(squared_error)(line, inputs, 3 * inputs + 1)
        descent.update(line, slopes)
        print(f"error {error:.3f}, slope now {line.kernel[0, 0]:.3f}")


fit_line()


# %%
def train_step(model, optimizer, xs, labels):
    """One step on the mean cross-entropy of a batch; compiled, once for each shape.

    Args:
        model: an `nnx.Module` in training mode, `model(xs)` gives logits. Weights and batch
            statistics change in place.
        optimizer: the `nnx.Optimizer` of its parameters; changes in place too.
        xs: float32[N, 28, 28, 1].
        labels: int32[N].

    Returns the loss before the step, a scalar.
    """

    ### BEGIN SOLUTION
    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss


train_step = nnx.jit(train_step)
### END SOLUTION

# %%
check("train_step")

# %% [markdown]
# ## To scan or not to scan
#
# In stage 06 a whole epoch inside one `lax.scan` was the fast way. Before you do the same here, measure. This is the
# gradient of one convolution, 8 times in a Python loop and 8 times in a scan.


# %%
def kernel_step(w, xs):
    def energy(w):
        return jnp.mean(lax.conv(xs, w, (2, 2), "SAME") ** 2)

    return w - 0.1 * jax.grad(energy)(w)


one_step = jax.jit(kernel_step)
all_steps = jax.jit(lambda w, xs: lax.scan(lambda w, x: (kernel_step(w, x), None), w, xs)[0])


def by_loop(w, xs):
    for x in xs:
        w = one_step(w, x)
    return w


def picture_of_the_race():
    w, xs = jnp.ones((32, 32, 5, 5)), jnp.ones((8, 20, 32, 14, 14))  # channels first
    seconds = {}
    for name, run in (("one compiled scan", all_steps), ("loop of compiled steps", by_loop)):
        run(w, xs).block_until_ready()
        start = time.perf_counter()
        run(w, xs).block_until_ready()
        seconds[name] = time.perf_counter() - start
    _, ax = plt.subplots(figsize=(5, 1.5), layout="constrained")
    bars = ax.barh(list(seconds), [1000 * s / 8 for s in seconds.values()], color=(ORANGE, BLUE))
    ax.bar_label(bars, fmt="%.1f ms", padding=3)
    ax.set(title=f"a step on this {jax.default_backend()}", xlabel="milliseconds")
    ax.margins(x=0.2)
    plt.show()


picture_of_the_race()

# %% [markdown]
# XLA on a CPU has fast convolutions, and does not use them inside a loop. On an accelerator it is the launches that
# cost, and a scan saves them. Choose what is faster where you are.


# %%
def train(seed, data, epochs, batch_size, learning_rate):
    """Train a `CNN` of 10 classes with Adam.

    Args:
        seed: a Python int; weights and shuffles follow from it.
        data: `(x_train[N, 28, 28, 1], y_train[N], x_test, y_test)`, NumPy or JAX arrays. Examples
            come in a fresh order each epoch; where `batch_size` does not divide N, the short
            batch may be dropped or kept.

    Returns `(model, history)`: `history = {'loss', 'train_accuracy', 'test_accuracy'}`, each of
    length `epochs`: the mean of the epoch's batch losses, and the accuracies after the epoch,
    with running statistics.
    """
    ### BEGIN SOLUTION
    x_train, y_train, x_test, y_test = map(jnp.asarray, data)
    model = CNN(10, nnx.Rngs(seed))
    model.train()
    optimizer = nnx.Optimizer(model, optax.adam(learning_rate), wrt=nnx.Param)
    run_epoch = epoch_by_steps(model, optimizer) if jax.default_backend() == "cpu" else epoch_by_scan(model, optimizer)
    steps = max(len(x_train) // batch_size, 1)
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for epoch in tqdm(range(epochs), "epochs", file=sys.stdout, leave=False, delay=3):
        order = jax.random.permutation(jax.random.fold_in(jax.random.key(seed), epoch), len(x_train))
        batches = order[: steps * batch_size].reshape(steps, -1)
        model.train()
        history["loss"].append(float(run_epoch(x_train, y_train, batches)))
        model.eval()
        history["train_accuracy"].append(accuracy(model, x_train, y_train))
        history["test_accuracy"].append(accuracy(model, x_test, y_test))
    return model, {name: np.array(values, np.float32) for name, values in history.items()}


def epoch_by_steps(model, optimizer):
    step = nnx.cached_partial(train_step, model, optimizer)  # walks the module once, not every step
    return lambda xs, labels, batches: np.mean([step(xs[batch], labels[batch]) for batch in batches])


def epoch_by_scan(model, optimizer):
    @nnx.jit
    def scanned(model, optimizer, xs, labels, batches):
        def body(carry, batch):
            return carry, train_step(*carry, xs[batch], labels[batch])

        scan = nnx.scan(body, in_axes=(nnx.Carry, 0), out_axes=(nnx.Carry, 0))
        return scan((model, optimizer), batches)[1].mean()

    return lambda *data: scanned(model, optimizer, *data)


@nnx.jit
def count_hits(model, xs, labels):
    return (model(xs).argmax(-1) == labels).sum()


def accuracy(model, xs, labels):
    parts = range(0, len(xs), 1000)
    return sum(int(count_hits(model, xs[i : i + 1000], labels[i : i + 1000])) for i in parts) / len(xs)
    ### END SOLUTION


# %%
check("train")

# %% [markdown]
# ## What it learned
#
# Five epochs on 3,000 digits. Each 5x5 filter of the first layer looks for one thing; its feature map shows where in
# the digit it found it.


# %%
@when_solved(CNN, train_step, train)
def learned():
    data = train_images[:3000], train_labels[:3000], test_images[:1000], test_labels[:1000]
    model, history = train(0, data, epochs=5, batch_size=50, learning_rate=2e-3)
    epochs = np.arange(1, 6)
    _, (left, right) = plt.subplots(1, 2, figsize=(6.6, 2.3), layout="constrained")
    left.plot(epochs, history["loss"], "o-", color=BLUE, markersize=4)
    left.set(xlabel="epoch", ylabel="loss", xticks=epochs, ylim=(0, None))
    right.plot(epochs, history["train_accuracy"], "o-", color=BLUE, markersize=4, label="training")
    right.plot(epochs, history["test_accuracy"], "o-", color=ORANGE, markersize=4, label="test")
    right.set(xlabel="epoch", ylabel="accuracy", xticks=epochs)
    right.legend(frameon=False)
    plt.show()

    model.eval()
    digit = jnp.asarray(test_images[:1])
    filters = np.asarray(model.conv1.kernel[...])[:, :, 0]
    maps = np.asarray(nnx.relu(model.bn1(model.conv1(digit))))[0]
    chosen = np.argsort(-maps.std((0, 1)))[:8]
    limit = np.abs(filters[..., chosen]).max()
    _, axes = plt.subplots(2, 9, figsize=(8, 2), layout="constrained")
    axes[0, 0].imshow(digit[0, :, :, 0], cmap="gray")
    axes[0, 0].set_title(f"is a {test_labels[0]}")
    axes[1, 0].text(0.5, 0.5, f"read as {int(model(digit).argmax())}", ha="center", va="center")
    axes[1, 0].axis("off")
    for ax, channel in zip(axes[:, 1:].T, chosen, strict=True):
        ax[0].imshow(filters[..., channel], cmap="RdBu_r", vmin=-limit, vmax=limit)
        ax[1].imshow(maps[..., channel], cmap="gray")
        ax[0].set_title(f"filter {channel}")
    for ax in axes.flat:
        bare(ax, ax.get_title())
    plt.show()
