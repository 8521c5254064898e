# %% [markdown]
# # 06 · A multilayer perceptron from pytrees
#
# No framework: a network is a list of arrays, its loss a function of that list, and training a compiled loop over
# both. At the end it reads digits drawn from sixteen fonts, bent and speckled.

# %%
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import optax

from autograder import check, hint
from autograder.datasets import digits
from autograder.selfcheck.show import when_solved

# %%
data = digits()
x_train, y_train, x_test, y_test = data
print("images", x_train.shape, x_train.dtype, " labels", y_train.shape, y_train.dtype)

rows = [np.flatnonzero(y_train == digit)[:8] for digit in range(10)]
sheet = np.block([[x_train[i].reshape(28, 28) for i in row] for row in zip(*rows, strict=True)])
plt.figure(figsize=(6, 4.8))
plt.imshow(sheet, cmap="gray_r")
plt.axis("off")
plt.title("Eight of each digit", fontsize=11)
plt.show()

# %% [markdown]
# ## Parameters are a pytree
#
# Lists, tuples and dicts of arrays are *pytrees*: `jax.tree.map`, `jax.grad` and `optax` walk through them. So a
# network needs no class. A list of pairs `(W, b)` will do.

# %%
tree = [(jnp.ones((2, 3)), jnp.zeros(2)), (jnp.ones((1, 2)), jnp.zeros(1))]
print(jax.tree.map(jnp.shape, tree, is_leaf=lambda leaf: isinstance(leaf, jax.Array)))
print("parameters:", sum(leaf.size for leaf in jax.tree.leaves(tree)))

slope = jax.grad(lambda tree: sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(tree)))(tree)
print("a gradient has the same structure:", jax.tree.structure(slope) == jax.tree.structure(tree))

# %% [markdown]
# ### `init_mlp`
# Equal weights would stay equal for ever, so they start from small random numbers. Every array gets a key of its own.


# %%
def init_mlp(key, sizes, scale=1e-2):
    """A network with layers of the widths `sizes`, as a list of `len(sizes) - 1` pairs `(W, b)`.

    From width `n_in` to `n_out`: `W` is float32[n_out, n_in], `b` is float32[n_out], and the
    entries of both are N(0, scale²). Every array is drawn with its own key.
    """
    ### BEGIN SOLUTION
    layers = []
    for layer_key, n_in, n_out in zip(jax.random.split(key, len(sizes) - 1), sizes[:-1], sizes[1:], strict=True):
        w_key, b_key = jax.random.split(layer_key)
        W = scale * jax.random.normal(w_key, (n_out, n_in))
        b = scale * jax.random.normal(b_key, (n_out,))
        layers.append((W, b))
    return layers
    ### END SOLUTION


# %%
check("init_mlp")

# %% [markdown]
# ## Log-probabilities
#
# The last layer gives a *logit* for each class, and the softmax makes probabilities of them. What training needs is
# their logarithm, and taking it last is a mistake: by then a small probability has become 0.

# %%
gap = jnp.linspace(0, 200, 401)
logits = jnp.stack([jnp.zeros_like(gap), -gap], axis=-1)
plt.figure(figsize=(5.5, 2.8))
plt.plot(gap, jax.nn.log_softmax(logits)[:, 1], color="tab:blue", lw=2, label="jax.nn.log_softmax")
late = jnp.log(jax.nn.softmax(logits))[:, 1]
end = float(gap[jnp.argmax(jnp.isinf(late))])
plt.plot(gap, late, color="tab:orange", lw=2, ls="--", label="log(softmax)")
plt.axvline(end, color="0.7", lw=1)
plt.text(end + 5, -30, "−inf from here on", color="0.35", fontsize=9)
plt.xlabel("how far the logit is below the best")
plt.ylabel("log-probability")
plt.legend(frameon=False)
plt.tight_layout()
plt.show()

# %% [markdown]
# ### `log_probs`
# Write it for **one** example. `jax.vmap` makes batches of it.


# %%
def log_probs(params, x):
    """The log-probabilities float32[classes] of one example `x[in]`.

    Each hidden layer is `relu(W @ x + b)`; the last is linear, then comes the log-softmax. Right
    at logits of 10,000.
    """
    ### BEGIN SOLUTION
    *hidden, (W_last, b_last) = params
    for W, b in hidden:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(W_last @ x + b_last)
    ### END SOLUTION


# %%
check("log_probs")

# %% [markdown]
# ## How wrong: the cross-entropy
#
# An example costs minus the log-probability of its label: nothing where the network is sure and right, much where it
# is sure and wrong. To pick one entry from each row, index rows and columns together.

# %%
table = jnp.log(jnp.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.6, 0.3, 0.1]]))
label = jnp.array([0, 1, 2])
picked = jnp.take_along_axis(table, label[:, None], axis=1)[:, 0]
print("costs", -picked, " mean", -picked.mean())

fig, ax = plt.subplots(figsize=(4.2, 2.4))
p = jnp.linspace(0.01, 1, 200)
ax.plot(p, -jnp.log(p), color="0.6")
ax.scatter(jnp.exp(picked), -picked, color=["tab:blue", "tab:blue", "tab:red"], zorder=3)
ax.set(xlabel="probability given to the label", ylabel="cost")
plt.tight_layout()
plt.show()


# %%
def cross_entropy(params, xs, labels):
    """The mean cost of a batch, a scalar: examples `xs[batch, in]`, integer `labels[batch]`."""
    ### BEGIN SOLUTION
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    return -jnp.mean(jnp.take_along_axis(scores, labels[:, None], axis=1))
    ### END SOLUTION


# %%
check("cross_entropy")

# %% [markdown]
# ### `accuracy`
# The loss is for the optimizer. For people there is the share of examples whose likeliest class is the label.

# %%
likeliest = table.argmax(axis=1)
print("likeliest", likeliest, " labels", label, " the same", likeliest == label)


# %%
def accuracy(params, xs, labels):
    """The share of `xs[batch, in]` whose most probable class is in `labels[batch]`, a scalar."""
    ### BEGIN SOLUTION
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    return jnp.mean(jnp.argmax(scores, axis=-1) == labels)
    ### END SOLUTION


# %%
check("accuracy")

# %% [markdown]
# ## One step
#
# An `optax` optimizer is a pair of pure functions: `init` makes its memory, `update` turns gradients into changes.
# Here it finds the bottom of a narrow valley, plain and with momentum.


# %%
def valley(p):
    return 0.5 * (p[0] ** 2 + 20 * p[1] ** 2)


def descend(optimizer, steps=40):
    p = jnp.array([4.0, 1.0])
    state, path = optimizer.init(p), [p]
    for _ in range(steps):
        updates, state = optimizer.update(jax.grad(valley)(p), state, p)
        p = optax.apply_updates(p, updates)
        path.append(p)
    return np.array(path)


u, v = np.meshgrid(np.linspace(-2, 4.5, 80), np.linspace(-1.3, 1.3, 60))
plt.figure(figsize=(6, 2.8))
plt.contour(u, v, valley((u, v)), levels=[0.1, 0.5, 2, 5, 10, 17], colors="0.8", linewidths=1)
for name, optimizer, colour in (
    ("sgd", optax.sgd(0.045), "tab:blue"),
    ("sgd with momentum", optax.sgd(0.02, momentum=0.8), "tab:orange"),
):
    path = descend(optimizer)
    plt.plot(*path.T, ".-", color=colour, ms=4, lw=1, label=name)
plt.plot(0, 0, "k*", ms=9)
plt.legend(frameon=False, loc="lower left")
plt.tight_layout()
plt.show()

# %% [markdown]
# ### `make_train_step`
# A function that returns a function. The inner one is compiled once and may then be called with any batch of that
# shape.


# %%
def make_train_step(optimizer):
    """The training step of an optax `optimizer`.

    `step(params, opt_state, xs, labels)` returns `(params, opt_state, loss)`.

    One step down the gradient of `cross_entropy`; `loss` is that before the step. It is compiled
    once for batches of one shape, and what is handed in stays usable.
    """
    ### BEGIN SOLUTION

    @jax.jit
    def step(params, opt_state, xs, labels):
        loss, grads = jax.value_and_grad(cross_entropy)(params, xs, labels)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), opt_state, loss

    return step
    ### END SOLUTION


# %%
check("make_train_step")

# %% [markdown]
# ## A whole epoch in one call
#
# A small step is over before Python has sent off the next one. `jax.lax.scan` moves the loop into the compiled
# program: it hands a *carry* from step to step and stacks what each step reports.


# %%
def walk(carry, x):
    """A mean that is updated with each number."""
    mean, count = carry
    mean = mean + (x - mean) / (count + 1)
    return (mean, count + 1), mean


xs = 3 + jax.random.normal(jax.random.key(1), (200,))
(mean, count), means = jax.jit(lambda xs: jax.lax.scan(walk, (0.0, 0), xs))(xs)
print("carry", mean, count, " stacked", means.shape)
plt.figure(figsize=(5.5, 2.2))
plt.plot(xs, ".", color="0.75", ms=3, label="x")
plt.plot(means, color="tab:blue", label="the carry's mean")
plt.xlabel("step")
plt.legend(frameon=False, ncols=2)
plt.tight_layout()
plt.show()

# %% [markdown]
# ### `train`
# Shuffling belongs inside too: `jax.random.permutation`, cut into `[batches, batch_size]`, is something to scan over.


# %%
def train(key, data, sizes, epochs, batch_size, learning_rate):
    """Train a network of the widths `sizes` with Adam; return `(params, history)`.

    `data = (x_train[N, in], y_train[N], x_test[M, in], y_test[M])`. Each epoch goes through the
    training set once, freshly shuffled, in batches; a last short batch is dropped or kept.
    `history` is a dict of float arrays `[epochs]`: `'loss'`, the mean of the epoch's batch
    losses, and `'train_accuracy'` and `'test_accuracy'`, those after the epoch. A whole epoch
    runs inside one compiled call.
    """
    ### BEGIN SOLUTION
    x_train, y_train, x_test, y_test = map(jnp.asarray, data)
    optimizer = optax.adam(learning_rate)
    step = make_train_step(optimizer)
    batches = len(x_train) // batch_size

    def train_batch(carry, rows):
        params, opt_state, loss = step(*carry, x_train[rows], y_train[rows])
        return (params, opt_state), loss

    @jax.jit
    def train_epoch(carry, key):
        order = jax.random.permutation(key, len(x_train))[: batches * batch_size]
        carry, losses = jax.lax.scan(train_batch, carry, order.reshape(batches, batch_size))
        params, _ = carry
        return carry, {
            "loss": jnp.mean(losses),
            "train_accuracy": accuracy(params, x_train, y_train),
            "test_accuracy": accuracy(params, x_test, y_test),
        }

    init_key, *epoch_keys = jax.random.split(key, epochs + 1)
    params = init_mlp(init_key, sizes)
    carry, history = (params, optimizer.init(params)), []
    for epoch_key in epoch_keys:
        carry, numbers = train_epoch(carry, epoch_key)
        history.append(numbers)
    return carry[0], {name: jnp.stack([numbers[name] for numbers in history]) for name in history[0]}
    ### END SOLUTION


# %%
check("train")

# %% [markdown]
# ## What it reads, and what it misreads


# %%
@when_solved(init_mlp, log_probs, cross_entropy, accuracy, make_train_step, train)
def reading():
    print("training 784-512-512-10 for 10 epochs, a few seconds ...")
    params, history = train(jax.random.key(0), data, (784, 512, 512, 10), 10, 100, 1e-3)
    epochs = np.arange(1, 11)
    guesses = np.asarray(jax.jit(jax.vmap(log_probs, (None, 0)))(params, x_test)).argmax(-1)
    wrong = np.flatnonzero(guesses != y_test)
    print(f"test accuracy {np.mean(guesses == y_test):.4f}: {len(wrong)} of {len(y_test)} misread")

    _, (left, right) = plt.subplots(1, 2, figsize=(7.5, 2.8))
    left.semilogy(epochs, history["loss"], "o-", color="0.4", ms=3)
    left.set(xlabel="epoch", ylabel="training loss")
    right.plot(epochs, history["train_accuracy"], "o-", color="tab:blue", ms=3, label="training")
    right.plot(epochs, history["test_accuracy"], "o-", color="tab:orange", ms=3, label="test")
    right.set(xlabel="epoch", ylabel="accuracy")
    right.legend(frameon=False, loc="lower right")
    plt.tight_layout()
    plt.show()

    _, axes = plt.subplots(2, 9, figsize=(7.5, 2.2))
    for ax in axes.flat:
        ax.axis("off")
    for ax, i in zip(axes.flat, wrong, strict=False):
        ax.imshow(x_test[i].reshape(28, 28), cmap="gray_r")
        ax.set_title(f"{y_test[i]} read as {guesses[i]}", fontsize=7, color="tab:red")
    plt.tight_layout()
    plt.show()
