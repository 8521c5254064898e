# %% [markdown]
# # 01 · PRNG keys: randomness you hand around
#
# NumPy's generator hides a state that every draw moves on. JAX has none: a random function takes a **key**, and the
# same key gives the same bits, whoever asks, in whatever order, on whatever device. That makes random code a plain
# function, which `jit`, `vmap` and a hundred devices can run. In return you do the bookkeeping, with one rule:
#
# > **A key is used once:** to draw, or to make new keys.

# %%
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np

from autograder import check, hint
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GREY = "#2b6cb0", "#dd6b20", "#a0aec0"
plt.rcParams |= {"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9}

# %% [markdown]
# ## 1 · Two draws, two keys
#
# `split` turns one key into as many new ones as you like. Keys form a tree: each node is either split or drawn from,
# never both, and never twice.


# %%
def draw_key_tree():
    places = {"key": (1.5, 2), "first": (0.5, 1), "second": (2.5, 1), "third": (2, 0), "fourth": (3, 0)}
    splits = [("key", "first"), ("key", "second"), ("second", "third"), ("second", "fourth")]
    _, axes = plt.subplots(figsize=(5.6, 2.4))
    for parent, child in splits:
        axes.plot(*zip(places[parent], places[child], strict=True), color=GREY, lw=1.5, zorder=1)
    for name, (x, y) in places.items():
        inner = name in ("key", "second")
        box = {"boxstyle": "round,pad=0.4", "fc": "white" if inner else BLUE, "ec": GREY if inner else BLUE}
        axes.text(x, y, name, ha="center", va="center", bbox=box, color="black" if inner else "white")
        if not inner:
            axes.text(x, y - 0.55, "drawn from, once", ha="center", color=BLUE, fontsize=7)
    axes.text(1.95, 2, "split: used up", va="center", color="#718096", fontsize=7)
    axes.text(3.0, 1, "split: used up", va="center", color="#718096", fontsize=7)
    axes.set(xlim=(0, 3.8), ylim=(-0.7, 2.4))
    axes.axis("off")
    plt.show()


draw_key_tree()

# %%
key = jax.random.key(0)
print("the same key:", jax.random.normal(key), jax.random.normal(key))
first, second = jax.random.split(key)
print("split first: ", jax.random.normal(first), jax.random.normal(second))

# %% [markdown]
# A reused key is a quiet mistake: each array alone looks perfectly normal. Only together they give it away.


# %%
def scatter_pairs():
    figure, axes = plt.subplots(1, 2, figsize=(5.6, 2.7), sharex=True, sharey=True)
    first, second = jax.random.split(jax.random.key(7))
    for panel, other, colour, title in (
        (axes[0], first, ORANGE, "one key for both"),
        (axes[1], second, BLUE, "a key each"),
    ):
        a, b = jax.random.normal(first, (400,)), jax.random.normal(other, (400,))
        panel.scatter(a, b, s=5, color=colour, alpha=0.6, linewidths=0)
        panel.set(title=title, xlabel="a", aspect="equal", xlim=(-3.5, 3.5), ylim=(-3.5, 3.5))
    axes[0].set_ylabel("b")
    figure.tight_layout()
    plt.show()


scatter_pairs()

# %% [markdown]
# **Your turn.** Two arrays that know nothing of each other.


# %%
def two_normals(key, shape):
    """Two independent arrays of standard normal numbers.

    Args:
        key: a key. No key may be used twice, this one included.
        shape: a tuple of ints; static under `jit`.

    Returns:
        `(a, b)`: float32 arrays of `shape`.
    """
    ### BEGIN SOLUTION
    first, second = jax.random.split(key)
    return jax.random.normal(first, shape), jax.random.normal(second, shape)
    ### END SOLUTION


# %%
check("two_normals")

# %% [markdown]
# ## 2 · One call draws a whole array
#
# You rarely need a key per number. A sampler takes a shape and fills it with independent draws, from one key, in one
# operation.

# %%
coins = jax.random.randint(jax.random.key(1), (12,), 0, 2)
print(coins, coins.dtype)

# %% [markdown]
# **Your turn.** Dice. Mind the ends of the range.


# %%
def roll_dice(key, n):
    """`n` independent rolls of a fair die.

    Args:
        key: a key, used once.
        n: how many; static under `jit`.

    Returns:
        int32 array `[n]` of numbers in 1..6, 6 included, all equally likely.
    """
    ### BEGIN SOLUTION
    return jax.random.randint(key, (n,), 1, 7)
    ### END SOLUTION


# %%
check("roll_dice")


# %%
@when_solved(roll_dice)
def many_rolls():
    rolls = np.asarray(roll_dice(jax.random.key(3), 6000))
    _, axes = plt.subplots(figsize=(4.2, 2))
    axes.bar(range(1, 7), [(rolls == face).sum() for face in range(1, 7)], color=BLUE, width=0.7)
    axes.axhline(1000, color=ORANGE, lw=1)
    axes.set(xlabel="face", ylabel="times in 6000 rolls", xticks=range(1, 7))
    plt.show()


# %% [markdown]
# ## 3 · Dropout: a coin for each entry
#
# Dropout sets random entries of a layer's output to 0 while training, and scales up the others so that the expected
# value stays. The mask decides everything: one coin for each row, or the same key in each step, trains too, only
# worse.


# %%
def show_masks():
    keys = jax.random.split(jax.random.key(4), 3)
    rows = jax.random.bernoulli(keys[0], 0.5, (12, 1))
    masks = {
        "a coin for each row": jnp.broadcast_to(rows, (12, 18)),
        "a coin for each entry": jax.random.bernoulli(keys[1], 0.5, (12, 18)),
        "… and the next key": jax.random.bernoulli(keys[2], 0.5, (12, 18)),
    }
    figure, axes = plt.subplots(1, 3, figsize=(6.4, 1.9))
    for panel, (title, mask), colour in zip(axes, masks.items(), (ORANGE, BLUE, BLUE), strict=True):
        panel.pcolormesh(mask, cmap=plt.matplotlib.colors.ListedColormap(["white", colour]), edgecolor=GREY, lw=0.2)
        panel.set(xticks=[], yticks=[])
        panel.set_title(title, fontsize=8)
    axes[0].set_ylabel("coloured: kept", fontsize=8)
    figure.tight_layout()
    plt.show()


show_masks()

# %% [markdown]
# `bernoulli` tosses the coins and `where` chooses. Neither minds whether the probability is a number or a tracer:

# %%
coin = jax.jit(lambda key, p: jnp.where(jax.random.bernoulli(key, p, (8,)), 1, -1))
print(coin(jax.random.key(0), 0.5), coin(jax.random.key(0), 1.0))

# %% [markdown]
# **Your turn.** `rate` is the share that is dropped.


# %%
def dropout(key, x, rate):
    """Set each entry of `x` to 0 with probability `rate`, and divide the others by `1 - rate`.

    Each entry has a coin of its own.

    Args:
        key: a key, used once.
        x: a float array of any shape.
        rate: a number in [0, 1), which may be traced. At 0, `x` comes back as it is.

    Returns:
        An array of the shape and dtype of `x`.
    """
    ### BEGIN SOLUTION
    kept = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(kept, x / (1 - rate), 0).astype(x.dtype)
    ### END SOLUTION


# %%
check("dropout")

# %% [markdown]
# ## 4 · Shuffling examples with their labels
#
# Shuffle the images with one draw and the labels with another, and the model learns from noise: nothing crashes, the
# loss just stays where it was. So shuffle neither. Shuffle the *row numbers*.

# %%
letters, order = np.array(list("abcdef")), jax.random.permutation(jax.random.key(5), 6)
print(order, letters[order])

# %% [markdown]
# **Your turn.** One order for both.


# %%
def shuffle_pairs(key, xs, ys):
    """Put `xs` and `ys` into one random order along axis 0; all orders are equally likely.

    Args:
        key: a key, used once.
        xs: an array of any rank >= 1 and any dtype.
        ys: another one, of the same length.

    Returns:
        `(xs, ys)` shuffled; shapes and dtypes are kept.
    """
    ### BEGIN SOLUTION
    order = jax.random.permutation(key, len(xs))
    return xs[order], ys[order]
    ### END SOLUTION


# %%
check("shuffle_pairs")

# %% [markdown]
# ## 5 · Noise for step 1,000,000
#
# A training loop needs new noise in each step. Carrying a key and splitting it works, but then step 1,000,000 can
# only be had after all steps before it. `fold_in(key, number)` makes a key of the key *and* a number, at once. It
# hashes the pair: seeds that merely add up collide.


# %%
def show_collisions():
    figure, axes = plt.subplots(1, 2, figsize=(5.6, 2.5), sharey=True)
    seeds = jnp.arange(8)
    added = jax.vmap(lambda seed: jax.vmap(lambda step: jax.random.normal(jax.random.key(seed + step)))(seeds))(seeds)
    folded = jax.vmap(
        lambda seed: jax.vmap(lambda step: jax.random.normal(jax.random.fold_in(jax.random.key(seed), step)))(seeds)
    )(seeds)
    for panel, noise, title in ((axes[0], added, "key(seed + step)"), (axes[1], folded, "fold_in(key(seed), step)")):
        panel.pcolormesh(noise, cmap="RdBu", vmin=-2.5, vmax=2.5)
        panel.set_title(title, family="monospace", fontsize=8)
        panel.set(xlabel="step", aspect="equal", xticks=[], yticks=[])
    axes[0].set_ylabel("seed")
    figure.tight_layout()
    plt.show()


show_collisions()

# %% [markdown]
# Left, the diagonals are runs that share their noise.

# %%
key = jax.random.key(0)
for number in (0, 1, 2**31 - 1):
    print(number, jax.random.key_data(jax.random.fold_in(key, number)))

# %% [markdown]
# **Your turn.** Noise that any step can ask for.


# %%
def noise_at(key, step, shape):
    """Standard normal noise of a step, a function of `(key, step)` alone.

    It is independent over steps and over keys.

    Args:
        key: a key.
        step: an integer in [0, 2^31), which may be traced: one compiled program serves all steps.
        shape: a tuple of ints; static under `jit`.

    Returns:
        float32 array of `shape`.
    """
    ### BEGIN SOLUTION
    return jax.random.normal(jax.random.fold_in(key, step), shape)
    ### END SOLUTION


# %%
check("noise_at")

# %% [markdown]
# ## 6 · A key for each leaf
#
# A model is a tree of arrays, and to initialise it each array needs a key of its own. `jax.tree` takes any nest of
# dicts, tuples and lists apart and puts it together again:

# %%
model = {"dense": (jnp.zeros((2, 3)), jnp.zeros(3)), "scale": 1.0, "unused": None}
leaves, structure = jax.tree.flatten(model)
print(len(leaves), "leaves in", structure)
print(jax.tree.unflatten(structure, ["weights", "bias", "number"]))

# %% [markdown]
# **Your turn.** The same tree, with keys for leaves.


# %%
def keys_like(key, tree):
    """One independent key for each leaf of `tree`.

    Args:
        key: a key, used once.
        tree: any pytree: nested dicts, tuples and lists, a single leaf, or one without leaves. As
            everywhere in `jax.tree`, None is no leaf.

    Returns:
        A pytree of the same structure, each leaf a scalar typed key. A tree without leaves comes
        back as it is.
    """
    ### BEGIN SOLUTION
    leaves, structure = jax.tree.flatten(tree)
    return jax.tree.unflatten(structure, list(jax.random.split(key, len(leaves))))
    ### END SOLUTION


# %%
check("keys_like")

# %% [markdown]
# ## All together
#
# Your functions make data, shuffle it and fit a line to it with noisy steps. One key decides the run: the same seed
# gives the same curve, to the last bit.


# %%
@when_solved(two_normals, shuffle_pairs, noise_at, keys_like)
def finale():
    def run(key):
        keys = keys_like(key, {"data": 0, "order": 0, "steps": 0})
        xs, noise = two_normals(keys["data"], (256,))
        xs, ys = shuffle_pairs(keys["order"], xs, 2 * xs + 0.3 * noise)

        def descend(slope, step):
            gradient = jnp.mean((slope * xs - ys) * xs) + noise_at(keys["steps"], step, ())
            return slope - 0.1 * gradient, slope

        return jax.lax.scan(descend, 0.0, jnp.arange(100))[1]

    slopes = jax.jit(jax.vmap(run))(jax.vmap(jax.random.key)(jnp.array([0, 1, 2, 0])))
    _, axes = plt.subplots(figsize=(5.6, 2.4))
    for seed, curve, colour in zip((0, 1, 2), slopes, (BLUE, ORANGE, GREY), strict=False):
        axes.plot(curve, color=colour, label=f"seed {seed}")
    axes.plot(slopes[3], color="black", lw=1, ls=":", label="seed 0 again")
    axes.axhline(2, color="black", lw=0.5)
    axes.set(xlabel="step", ylabel="slope")
    axes.legend(frameon=False, ncols=2)
    plt.show()
