# %% [markdown]
# # 02 · Arrays that never change: the `.at` updates
#
# A JAX array is a value, like the number 3: nobody can change it. To "write" into an array is to describe a new
# one that differs in a few places. That costs less than it sounds: inside a compiled function the compiler sees
# that the old array is not needed any more and writes in place.
#
# In this stage you meet the five or six surprises of indexing in JAX, and at the end your functions play a game.

# %%
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
from jax import lax
from matplotlib.colors import ListedColormap

from autograder import check, hint
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GREY = "#2b6cb0", "#dd6b20", "#e2e8f0"

# %% [markdown]
# ## NumPy's interface, on a device
#
# `jnp` has the functions you know. Three things differ: the array lives on a device (a CPU, GPU or TPU), floats
# have 32 bits, and nothing is ever changed.

# %%
x = jnp.linspace(0, 1, 5)
print(x, x.dtype, x.device)
print(np.linspace(0, 1, 5).dtype)  # NumPy's default
print(type(np.asarray(x)), type(jnp.asarray(np.ones(2))))  # there and back

# %% [markdown]
# ## In place, and not
#
# `x[1] = 5` is not possible. `x.at[1].set(5)` is an expression: its value is a new array.

# %%
a = np.zeros(4)
b = a  # the same array under two names
a[1] = 5
print("numpy:", a, b)

a = jnp.zeros(4)
try:
    a[1] = 5
except TypeError as error:
    print("jax:  ", str(error).split(".")[0])
print("jax:  ", a.at[1].set(5), a)

# %% [markdown]
# What stands in the brackets is NumPy indexing: numbers, slices, arrays of indices. Two arrays of indices make *pairs*.


# %%
def draw_selections(selections, shape=(5, 6)):
    figure, axes = plt.subplots(1, len(selections), figsize=(2.1 * len(selections), 2.1))
    for axis, (name, index) in zip(axes, selections.items(), strict=True):
        axis.imshow(np.asarray(jnp.zeros(shape).at[index].set(1)), cmap=ListedColormap([GREY, BLUE]))
        axis.set_xticks(np.arange(0.5, shape[1] - 1), [])
        axis.set_yticks(np.arange(0.5, shape[0] - 1), [])
        axis.grid(color="white")
        axis.tick_params(length=0)
        axis.set_title(f".at[{name}]", fontsize=9, family="monospace")
        axis.spines[:].set_visible(False)
    figure.tight_layout()
    plt.show()


draw_selections(
    {
        "2, 3": (2, 3),
        "1": 1,
        ":, 2": (slice(None), 2),
        "1:4, ::2": (slice(1, 4), slice(None, None, 2)),
        "[0, 4], [0, 5]": (jnp.array([0, 4]), jnp.array([0, 5])),
    }
)

# %% [markdown]
# Updates chain, each on the result of the one before: `x.at[0].set(1).at[1].set(2)`.
#
# **Exercise.** Paint the frame of a matrix.


# %%
def set_border(x, value):
    """`x[H, W]` with its outermost rows and columns set to the scalar `value`; the inside is kept.

    Any `H, W >= 1`. `value` may be traced. Same shape and dtype as `x`.
    """
    ### BEGIN SOLUTION
    x = jnp.asarray(x)
    return x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, -1].set(value)
    ### END SOLUTION


# %%
check("set_border")

# %% [markdown]
# ## Where two writes meet
#
# An index may occur twice in one update. `set` keeps one of the values; `add`, `multiply`, `min` and `max`
# combine them all.

# %%
twice = jnp.array([1, 1, 3])
print("set:", jnp.zeros(5).at[twice].set(jnp.array([10.0, 20.0, 30.0])))
print("add:", jnp.zeros(5).at[twice].add(jnp.array([10.0, 20.0, 30.0])))
print("max:", jnp.zeros(5).at[twice].max(jnp.array([10.0, 20.0, 30.0])))

# %% [markdown]
# ## What an index means outside the array
#
# A GPU cannot raise `IndexError` half-way through, so JAX gives every index a meaning. Reading past the end
# **clamps**, writing past the end is **dropped**, and a negative index **wraps**: -1 is the last entry, for
# reading and for writing.


# %%
def draw_meaning(length=5):
    indices = np.arange(-length - 2, length + 4)
    values = jnp.arange(float(length))
    read = np.asarray(values[indices])
    wrote = np.asarray(jax.vmap(lambda i: jnp.zeros(length).at[i].set(1))(jnp.asarray(indices)))
    figure, axis = plt.subplots(figsize=(8.5, 2.7))
    axis.plot(indices, read, "o", ms=11, mfc="none", mec=BLUE, label="x[i] reads the entry", zorder=3)
    where, entry = np.nonzero(wrote)
    axis.plot(indices[where], entry, "x", ms=7, color=ORANGE, label="x.at[i].set(v) writes the entry", zorder=4)
    axis.axvspan(-0.5, length - 0.5, color=GREY, alpha=0.6, zorder=0)
    axis.text((length - 1) / 2, length - 0.35, "inside", ha="center", color="#4a5568")
    axis.set(xlabel="index i", ylabel="entry", ylim=(-0.6, length + 0.2), xticks=indices, yticks=range(length))
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    plt.show()


draw_meaning()
# %% [markdown]
# `mode` chooses another meaning for what lies past the end. Negative indices wrap before any mode is applied.

# %%
x = jnp.array([10.0, 20.0, 30.0])
print(x.at[jnp.array([2, 3])].get(mode="fill", fill_value=-1))
print(x.at[jnp.array([-1, 3])].get(mode="fill", fill_value=-1))  # -1 is an entry
print(x.at[3].set(0, mode="clip"))

# %% [markdown]
# **Exercise.** Count, and let nothing from outside be counted.


# %%
def histogram(idx, num_bins):
    """How often each of `0..num_bins-1` occurs in the int32 array `idx[n]`: int32`[num_bins]`.

    `num_bins` is static. Indices outside `[0, num_bins)`, negative ones included, are ignored;
    `n` may be 0. The work is one update an index, not one a bin and index.
    """
    ### BEGIN SOLUTION
    past_the_end = jnp.where(idx < 0, num_bins, idx)
    return jnp.zeros(num_bins, jnp.int32).at[past_the_end].add(1)
    ### END SOLUTION


# %%
check("histogram")


# %%
@when_solved(histogram)
def draw_histogram():
    draws = jax.random.normal(jax.random.key(0), (20_000,))
    counts = np.asarray(histogram(jnp.floor(draws * 10 + 40).astype(jnp.int32), 80))
    plt.figure(figsize=(6, 2.2))
    plt.bar((np.arange(80) - 39.5) / 10, counts, width=0.1, color=BLUE)
    plt.gca().spines[["top", "right"]].set_visible(False)
    plt.title("20,000 normal draws, counted by your histogram", fontsize=10)
    plt.tight_layout()
    plt.show()


# %% [markdown]
# Two index arrays make pairs: each names one entry, and each entry gets a value of its own.

# %%
rows, columns = jnp.array([0, 0, 2]), jnp.array([3, 1, 0])
print(jnp.zeros((3, 4)).at[rows, columns].set(jnp.array([5.0, 6.0, 7.0])))

# %% [markdown]
# **Exercise.** One write a row: the pairs are `(0, labels[0]), (1, labels[1]), ...`


# %%
def one_hot(labels, num_classes):
    """float32`[n, num_classes]`: row `k` holds 1 in column `labels[k]` and 0 elsewhere.

    `labels[n]` are int32 in `[-1, num_classes)`; the label -1 gives a row of zeros. `num_classes`
    is static.
    """
    ### BEGIN SOLUTION
    n = labels.shape[0]
    has_label = (labels >= 0).astype(jnp.float32)
    return jnp.zeros((n, num_classes)).at[jnp.arange(n), labels].set(has_label)
    ### END SOLUTION


# %%
check("one_hot")

# %% [markdown]
# **Exercise.** Read with care. A mask beside rows needs an axis for each axis of a row:

# %%
mask = jnp.array([True, False])
rows = jnp.ones((2, 2))
print(jnp.where(mask, rows, 0), jnp.where(mask[:, None], rows, 0), sep="\n")


# %%
def gather_or(x, idx, fill):
    """`x[idx]` along axis 0, with `fill` where `idx` is outside `[0, len(x))`.

    Negative indices are outside.

    `x` has any rank >= 1, `idx[k]` is int32, `fill` a Python number. The result is `[k, ...]` and
    has the dtype of `x`.
    """
    ### BEGIN SOLUTION
    past_the_end = jnp.where(idx < 0, x.shape[0], idx)
    return x.at[past_the_end].get(mode="fill", fill_value=fill)
    ### END SOLUTION


# %%
check("gather_or")

# %% [markdown]
# ## The old array is still there
#
# In NumPy a swap needs a temporary copy. Here the old array never goes away while you hold on to it: the trap
# is to let go of its name too early.

# %%
old = jnp.array([1, 2, 3])
new = old.at[0].set(old[2])
print(new, old, "and the first entry is still at hand:", old[0])


# %%
def swap_rows(x, i, j):
    """`x[n, d]` with rows `i` and `j` exchanged.

    `i` and `j` are integers in `[0, n)`, may be traced, and may be equal.
    """
    ### BEGIN SOLUTION
    x = jnp.asarray(x)
    return x.at[jnp.array([i, j])].set(x[jnp.array([j, i])])
    ### END SOLUTION


# %%
check("swap_rows")


# %% [markdown]
# ## A loop that writes in place
#
# `lax.scan(body, carry, xs)` is a compiled loop: `body(carry, x)` returns the next carry and an output. The
# carry must come out as it went in: same shapes, same dtypes. An `.at` update of a carried array is done in
# place.


# %%
def fibonacci(memory, i):
    return memory.at[i].set(memory[i - 1] + memory[i - 2]), None


memory = jnp.zeros(12, jnp.int32).at[1].set(1)
print(lax.scan(fibonacci, memory, jnp.arange(2, 12))[0])

# %% [markdown]
# **Exercise.** A ring buffer remembers the last `len(buffer)` values: write at the head, move the head, wrap around.


# %%
def ring_push(buffer, head, value):
    """Write `value` into slot `head`; return `(buffer, head)`, the new buffer and the next head.

    `buffer[N, ...]` has any rank >= 1, `value` the shape of one slot. `head` is an integer,
    `0 <= head < N`, often traced; it wraps to 0 after the last slot and keeps its dtype: the
    function can be the body of a `lax.scan`. One push costs one slot's work, not the whole
    buffer's.
    """
    ### BEGIN SOLUTION
    buffer = jnp.asarray(buffer)
    return buffer.at[head].set(value), (head + 1) % buffer.shape[0]
    ### END SOLUTION


# %%
check("ring_push")

# %% [markdown]
# ## Snake
#
# Your functions make a game. The body of the snake is a ring buffer of cells, the board a histogram of them
# (slots not in use hold -1, and are ignored), the walls a border. The snake looks at the four cells around it,
# goes to a free one nearest to the apple, and where nothing is free its direction is -1: a row of zeros, so it
# waits. 300 moves are one compiled loop.

# %%
HEIGHT, WIDTH, SLOTS = 14, 18, 120
MOVES = jnp.array([[-1, 0], [1, 0], [0, -1], [0, 1]])


def to_cell(position):
    return position[..., 0] * WIDTH + position[..., 1]


def body_cells(buffer, head, length):
    age = (head - 1 - jnp.arange(SLOTS)) % SLOTS
    return jnp.where(age < length, buffer, -1), age


def move(state, key):
    buffer, head, position, apple, length = state
    cells, _ = body_cells(buffer, head, length)
    board = set_border(histogram(cells, HEIGHT * WIDTH).reshape(HEIGHT, WIDTH), 1)
    around = position + MOVES
    blocked = gather_or(board.reshape(-1), to_cell(around), 1) > 0
    distance = jnp.abs(around - apple).sum(1) + 1000 * blocked
    direction = jnp.where(blocked.all(), -1, distance.argmin())
    position = position + (one_hot(direction[None], 4) @ MOVES)[0].astype(jnp.int32)
    eaten = (position == apple).all()
    spot = jax.random.randint(key, (2,), 1, jnp.array([HEIGHT - 1, WIDTH - 1]))
    buffer, head = ring_push(buffer, head, to_cell(position))
    state = buffer, head, position, jnp.where(eaten, spot, apple), length + 4 * eaten
    return state, state


def picture(buffer, head, length):
    cells, age = (np.asarray(part) for part in body_cells(buffer, head, length))
    image = np.full(HEIGHT * WIDTH, np.nan)
    for slot in np.argsort(-age):  # the head last, on top
        if cells[slot] >= 0:
            image[cells[slot]] = 1 - 0.75 * age[slot] / length
    return image.reshape(HEIGHT, WIDTH)


@when_solved(set_border, histogram, one_hot, gather_or, ring_push)
def play():
    start = jnp.full(SLOTS, -1), jnp.int32(0), jnp.array([3, 3]), jnp.array([9, 12]), jnp.int32(4)
    keys = jax.random.split(jax.random.key(4), 300)
    states = jax.jit(lambda: lax.scan(move, start, keys)[1])()
    buffers, heads, _, apples, lengths = (np.asarray(part) for part in states)
    figure, axes = plt.subplots(2, 4, figsize=(10, 4.4))
    for axis, t in zip(axes.flat, (8, 40, 80, 120, 160, 200, 250, 299), strict=True):
        image = picture(buffers[t], heads[t], lengths[t])
        axis.imshow(image, cmap="Blues", vmin=0, vmax=1.1)
        axis.plot(*apples[t][::-1], "o", color=ORANGE, ms=6)
        axis.add_patch(plt.Rectangle((0, 0), WIDTH - 1, HEIGHT - 1, fill=False, lw=5, color="#718096"))
        axis.set_title(f"move {t}, length {lengths[t]}", fontsize=9)
        axis.axis("off")
    figure.tight_layout()
    plt.show()
