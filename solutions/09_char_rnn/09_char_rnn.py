# %% [markdown]
# # 09 · A character language model
#
# Read a text one character at a time and, at each, say what comes next. That is a language model: small enough here
# to write in an hour, train in seconds and understand to the last array. At the end it writes by itself.

# %%
from itertools import pairwise

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import optax
from flax import nnx
from tqdm import tqdm

from autograder import check, datasets
from autograder.selfcheck.show import when_solved

BLUE, ORANGE, GREEN, GREY = "#3b6fb6", "#e07b39", "#4a9b6e", "#8c8c8c"
LAYERS = ("#cfe0f5", "#f9dcc8", "#cfe8da", "#e4e4e4")

# %% [markdown]
# ## Characters become numbers
#
# A model needs ids. Sort the distinct characters, and a character's id is its place. Sorting matters: a `set` has
# another order in each run of Python, and the model of yesterday would read other letters today.

# %%
book = datasets.text("python")[:120_000]
counts = np.unique(list(book), return_counts=True)
most = np.argsort(-counts[1])[:40]
figure, axes = plt.subplots(figsize=(8, 2.2))
axes.bar(range(len(most)), counts[1][most] / len(book), color=BLUE)
axes.set_xticks(range(len(most)), [repr(str(c))[1:-1].replace(" ", "␣") for c in counts[0][most]], fontsize=8)
axes.set(ylabel="share of the text", title=f"The {len(most)} most frequent of {len(counts[0])} characters")
axes.spines[["top", "right"]].set_visible(False)
plt.show()


# %%
def build_vocab(text):
    """The characters of `text` as ids.

    Returns:
        (char_to_id, id_to_char): two dicts. The distinct characters, sorted, have the ids 0, 1,
        2, ...
    """
    ### BEGIN SOLUTION
    characters = sorted(set(text))
    return {c: i for i, c in enumerate(characters)}, dict(enumerate(characters))
    ### END SOLUTION


# %%
check("build_vocab")

# %% [markdown]
# ## A cell with a memory
#
# A recurrent cell takes what it remembers (the *state*) and what it sees (*x*), and returns what it remembers next.
# The same weights serve every step. In Flax a layer is a module, and a module that holds a layer is one too:


# %%
class Halve(nnx.Module):
    def __init__(self, in_dim, out_dim, *, rngs):
        self.project = nnx.Linear(in_dim, out_dim, rngs=rngs)

    def __call__(self, x):
        return self.project(x) / 2


halve = Halve(3, 2, rngs=nnx.Rngs(0))
print("output: ", halve(jnp.ones((4, 3))).shape)
print("weights:", jax.tree.map(jnp.shape, nnx.to_pure_dict(nnx.state(halve))))


# %%
class RNNCell(nnx.Module):
    """`cell(state[batch, state_dim], x[batch, in_dim])` is the next state.

    It is `tanh(dense([state, x]))`.

    `dense` is one `nnx.Linear` with a bias; its input is the state followed by x, side by side.
    """

    def __init__(self, in_dim, state_dim, *, rngs):
        ### BEGIN SOLUTION
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)
        ### END SOLUTION

    def __call__(self, state, x):
        ### BEGIN SOLUTION
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))
        ### END SOLUTION


# %%
check("RNNCell")

# %% [markdown]
# ## Three cells and a head
#
# Stack three. At each step a character climbs through all of them: the first reads it, the second reads what the
# first *now* thinks, and so on; the head turns the top into one logit for each character of the vocabulary.
# Sideways, each cell hands its own state to itself.


# %%
def unrolled(word):
    _, axes = plt.subplots(figsize=(7, 3.4))
    arrow = {"arrowstyle": "-|>", "color": GREY, "shrinkA": 13, "shrinkB": 13}
    names = ["cell1", "cell2", "cell3", "head"]
    for t, (now, after) in enumerate(pairwise(word)):
        for level, name in enumerate(names, 1):
            box = {"boxstyle": "round,pad=0.45", "fc": LAYERS[level - 1], "ec": "none"}
            axes.text(t, level, name, ha="center", va="center", bbox=box, fontsize=9)
            axes.annotate("", (t, level), (t, level - 1), arrowprops=arrow)
            if name != "head":
                sides = arrow | {"shrinkA": 22 if t else 4, "shrinkB": 22, "color": BLUE}
                axes.annotate("", (t, level), (t - 1 if t else -0.62, level), arrowprops=sides)
        axes.annotate("", (t, 5), (t, 4), arrowprops=arrow)
        axes.text(t, 0, repr(now), ha="center", va="center", family="monospace")
        axes.text(t, 5, repr(after), ha="center", va="center", family="monospace", color=ORANGE)
    for level in (1, 2, 3):
        axes.text(-0.66, level, "0", ha="right", va="center", color=BLUE)
    axes.text(-0.66, 0, "reads", ha="right", va="center", color=GREY)
    axes.text(-0.66, 5, "predicts", ha="right", va="center", color=ORANGE)
    axes.set(xlim=(-1.2, len(word) - 1.6), ylim=(-0.4, 5.4))
    axes.axis("off")
    plt.show()


unrolled("hello")
print(jax.nn.one_hot(jnp.array([2, 0]), 4))


# %%
class CharRNN(nnx.Module):
    """`model(state, ids[batch])` reads one character of each stream.

    It returns `(state, logits[batch, vocab_size])`.

    `cell1` reads the characters one-hot, `cell2` and `cell3` the new state of the cell below;
    `head`, an `nnx.Linear`, makes the logits. All three states have `state_dim` entries.
    `init_state(batch)` is zeros, in any pytree you like.
    """

    def __init__(self, vocab_size, state_dim, *, rngs):
        ### BEGIN SOLUTION
        self.vocab_size, self.state_dim = vocab_size, state_dim
        self.cell1 = RNNCell(vocab_size, state_dim, rngs=rngs)
        self.cell2 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell3 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)
        ### END SOLUTION

    def init_state(self, batch):
        ### BEGIN SOLUTION
        return tuple(jnp.zeros((batch, self.state_dim)) for _ in range(3))
        ### END SOLUTION

    def __call__(self, state, ids):
        ### BEGIN SOLUTION
        x = jax.nn.one_hot(ids, self.vocab_size)
        new_state = []
        for cell, old in zip((self.cell1, self.cell2, self.cell3), state, strict=True):
            x = cell(old, x)
            new_state.append(x)
        return tuple(new_state), self.head(x)
        ### END SOLUTION


# %%
check("CharRNN")

# %% [markdown]
# ## One text, many streams
#
# One character at a time wastes the machine. So cut the text into `batch` long *streams* and read them side by
# side; cut each stream into *chunks* of `length` steps, one gradient step a chunk. Stream `b` goes on where it
# stopped in the chunk before, so the state can be carried over. What does not fill a chunk is dropped.


# %%
def layout(line, batch, length):
    chunks = (len(line) - 1) // (batch * length)
    _, axes = plt.subplots(figsize=(9, 0.62 * batch + 0.9))
    for place in range(batch * chunks * length):
        stream, step = divmod(place, chunks * length)
        x = step + 1.2 * (step // length)
        axes.add_patch(plt.Rectangle((x, -stream), 1, 0.8, fc=LAYERS[step // length % 4], ec="white"))
        axes.text(x + 0.47, 0.4 - stream, line[place], ha="center", va="center", family="monospace")
        if (step + 1) % length == 0:
            axes.text(x + 1.15, 0.4 - stream, line[place + 1], va="center", family="monospace", color=ORANGE)
    for chunk in range(chunks):
        axes.text((length + 1.2) * chunk, 1, f"chunk {chunk}", color=GREY, fontsize=9)
    for stream in range(batch):
        axes.text(-0.3, 0.4 - stream, f"stream {stream}", ha="right", va="center", color=GREY, fontsize=9)
    axes.set(xlim=(-3.5, (length + 1.2) * chunks + 0.2), ylim=(-batch + 0.8, 1.6))
    axes.set_title("boxes: inputs · each one's target is its right neighbour (orange where a chunk ends)", fontsize=9)
    axes.axis("off")
    plt.show()


layout("it was the best of times, it was the worst of times", 2, 8)


# %%
def make_streams(ids, batch, length):
    """Cut `ids[n]` into `(inputs, targets)`, each `[num_chunks, batch, length]`.

    `num_chunks = (n - 1) // (batch * length)`. Stream `b` begins at `b * num_chunks * length` and
    runs on from `inputs[k, b]` to `inputs[k + 1, b]`; a target is the id that follows its input.
    The leftover is dropped.
    """
    ### BEGIN SOLUTION
    ids = jnp.asarray(ids)
    num_chunks = (len(ids) - 1) // (batch * length)

    def fold(run):
        return run[: num_chunks * batch * length].reshape(batch, num_chunks, length).swapaxes(0, 1)

    return fold(ids), fold(ids[1:])
    ### END SOLUTION


# %%
check("make_streams")

# %% [markdown]
# ## A loop inside the program
#
# The loss of a chunk is a loop over time. A Python loop under `jit` is written out, step after step, and the compiler
# pays for each. `lax.scan` puts one step into the program and runs it as often as there is data:


# %%
def decay(state, x):
    state = 0.9 * state + x
    return state, state**2


def by_python(xs):
    state, squares = 0.0, []
    for x in xs:
        state, square = decay(state, x)
        squares.append(square)
    return state, jnp.stack(squares)


def by_scan(xs):
    return jax.lax.scan(decay, 0.0, xs)


for steps in (8, 16, 32):
    sizes = [len(jax.jit(f).lower(jnp.ones(steps)).as_text().splitlines()) for f in (by_python, by_scan)]
    print(f"{steps:3} steps: Python's loop {sizes[0]:4} lines of program, scan {sizes[1]:3}")


# %%
def sequence_loss(model, state, inputs, targets):
    """Mean cross-entropy in nats of a chunk, and the state after it.

    `inputs[batch, length]` are read from left to right, starting in `state`; after each, the
    logits are held against the `targets[batch, length]`. All you need of the model is
    `model(state, ids[batch]) -> (state, logits)`.

    Returns:
        (loss, state), the loss a scalar. The size of the program does not depend on `length`.
    """

    ### BEGIN SOLUTION
    def step(state, pair):
        ids, wanted = pair
        state, logits = model(state, ids)
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, wanted).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state
    ### END SOLUTION


# %%
check("sequence_loss")

# %% [markdown]
# ## Writing
#
# To write, draw a character from the model's distribution, feed it back, and draw again. Dividing the logits by a
# *temperature* sharpens the distribution (below 1) or flattens it (above); at 0 the likeliest character always wins.

# %%
figure, rows = plt.subplots(1, 4, figsize=(9, 1.9), sharey=True)
for axes, heat in zip(rows, (0.25, 0.5, 1.0, 2.0), strict=True):
    axes.bar(list("etaoin"), jax.nn.softmax(jnp.array([2.0, 1.6, 1.1, 0.5, 0.0, -0.7]) / heat), color=BLUE)
    axes.set_title(f"temperature {heat}", fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
rows[0].set(ylabel="probability")
plt.show()


# %%
def sample(model, key, prompt_ids, length, temperature):
    """Let `model` write `length` ids after `prompt_ids[n]`, n >= 1.

    The prompt is read and not returned.

    `temperature` is a Python float: each id is drawn from softmax(logits / temperature), each
    with a key of its own; at 0 it is the argmax. Compiled once for each shape, length and
    temperature; the program's size depends on neither length. All you need of the model is
    `model(state, ids[batch])` and `model.init_state(batch)`.
    """
    ### BEGIN SOLUTION
    prompt_ids = jnp.asarray(prompt_ids, jnp.int32)

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, key):
        state, token = carry
        state, logits = model(state, token[None])
        drawn = logits[0].argmax() if temperature == 0 else jax.random.categorical(key, logits[0] / temperature)
        return (state, drawn), drawn

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    return jax.lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))[1]


sample = nnx.jit(sample, static_argnames=("length", "temperature"))
### END SOLUTION


# %%
check("sample")

# %% [markdown]
# ## Training
#
# All parts are there. An epoch starts from a zero state and walks through the chunks in order, an Adam step on
# each. The state goes on to the next chunk as a number: the gradient stays inside its chunk. Compile what repeats.


# %%
def one_weight(w, state, x):
    """A network of a single weight reads a chunk of a single number: its loss and its state."""
    state = jnp.tanh(w * state + x)
    return state**2, state


state = 0.0
for x in (1.0, -0.5, 0.3):
    (loss, state), slope = jax.value_and_grad(one_weight, has_aux=True)(0.8, state, x)
    print(f"loss {loss:.3f}, gradient {slope:+.3f}, state for the next chunk {state:+.3f}")


# %%
def train(seed, text, state_dim, epochs, batch, length, learning_rate):
    """Train a `CharRNN(vocab_size, state_dim)`, made from `seed`, on `text` with Adam.

    One update a chunk of `make_streams`, chunks in order, the state carried from each to the next
    inside an epoch and zero at the start of each epoch; no gradient across chunks.

    Returns:
        (model, history): the trained model, and `{"loss": [epochs]}`, the mean of each epoch's
        chunk losses.
    """
    ### BEGIN SOLUTION
    char_to_id, _ = build_vocab(text)
    chunks = make_streams(jnp.array([char_to_id[c] for c in text]), batch, length)
    model = CharRNN(len(char_to_id), state_dim, rngs=nnx.Rngs(seed))
    graph, weights = nnx.split(model)
    adam = optax.adam(learning_rate)

    def update(carry, chunk):
        weights, moments, state = carry

        def loss_of(weights):
            return sequence_loss(nnx.merge(graph, weights), state, *chunk)

        (loss, state), gradient = jax.value_and_grad(loss_of, has_aux=True)(weights)
        step, moments = adam.update(gradient, moments)
        return (optax.apply_updates(weights, step), moments, state), loss

    @jax.jit
    def run_epoch(weights, moments):
        (weights, moments, _), losses = jax.lax.scan(update, (weights, moments, model.init_state(batch)), chunks)
        return weights, moments, losses.mean()

    moments, losses = adam.init(weights), []
    for _ in tqdm(range(epochs), "epochs", leave=False, delay=4):
        weights, moments, loss = run_epoch(weights, moments)
        losses.append(float(loss))
    nnx.update(model, weights)
    return model, {"loss": np.array(losses)}
    ### END SOLUTION


# %%
check("train")


# %% [markdown]
# ## First the alphabet
#
# Eight numbers of state are enough to learn a pattern by heart.


# %%
@when_solved(build_vocab, RNNCell, CharRNN, make_streams, sequence_loss, sample, train)
def alphabet():
    pattern = datasets.text("abcd")
    to_id, to_char = build_vocab(pattern)
    learnt, history = train(0, pattern, state_dim=8, epochs=20, batch=4, length=10, learning_rate=0.01)
    written = sample(learnt, jax.random.key(0), jnp.array([to_id["a"]]), 40, 0.0)
    print(f"loss {history['loss'][0]:.2f} -> {history['loss'][-1]:.3f} nats a character")
    print("a → " + "".join(to_char[int(i)] for i in written))


# %% [markdown]
# ## Then a book
#
# About a minute on two cores at most. Two lines to beat: what one knows from the frequencies of characters, and
# from those of pairs. `datasets.text("metamorphosis")` fetches a novella instead, and any path to a text of yours
# works too.


# %%
def entropies(text):
    """Nats a character: knowing nothing but frequencies, and knowing the character before."""
    ids = np.unique(list(text), return_inverse=True)[1]
    pairs = np.zeros((ids.max() + 1, ids.max() + 1))
    np.add.at(pairs, (ids[:-1], ids[1:]), 1 / (len(ids) - 1))
    before = pairs.sum(1)
    one = -np.sum(before[before > 0] * np.log(before[before > 0]))
    return one, -np.sum(pairs[pairs > 0] * np.log(pairs[pairs > 0])) - one


print("single characters {:.2f}, pairs {:.2f} nats a character".format(*entropies(book)))


# %%
@when_solved(build_vocab, RNNCell, CharRNN, make_streams, sequence_loss, sample, train)
def writer():
    to_id, to_char = build_vocab(book)
    learnt, history = train(0, book, state_dim=128, epochs=10, batch=16, length=32, learning_rate=2e-3)
    _, axes = plt.subplots(figsize=(7, 3))
    axes.plot(np.arange(1, 11), history["loss"], "o-", color=BLUE, markersize=4)
    for level, name in zip(entropies(book), ("frequencies of characters", "frequencies of pairs"), strict=True):
        axes.axhline(level, color=ORANGE, linestyle="--", linewidth=1)
        axes.text(10, level + 0.03, name, ha="right", va="bottom", color=ORANGE, fontsize=9)
    axes.set(
        xlabel="epoch", ylabel="nats a character", title="What the model is surprised by, on average", ylim=(1, 3.4)
    )
    axes.spines[["top", "right"]].set_visible(False)
    plt.show()
    prompt = jnp.array([to_id[c] for c in "The "])
    for temperature in (0.3, 0.7, 1.2):
        written = sample(learnt, jax.random.key(1), prompt, 400, temperature)
        print(f"--- temperature {temperature}\nThe " + "".join(to_char[int(i)] for i in written) + "\n")
