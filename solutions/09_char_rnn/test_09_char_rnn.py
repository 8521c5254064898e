"""Checks of 09_char_rnn.

Where a stub takes a model, the checks bring a small one of their own, so that a mistake in `CharRNN` costs nothing
elsewhere. An answer that asks more of a model than `model(state, ids)` and `init_state` gets your own `CharRNN`, with
weights set so that both compute the same.
"""

import math
import operator
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from jax.flatten_util import ravel_pytree

from autograder.checks import CheckFailed, Key, Lesson, Raw, agree, exercise
from autograder.checks.laws import is_frequency
from autograder.checks.probes import program_size, reused_key
from autograder.checks.speed import cpu_cost, surely_over

LESSONS = {
    "unsorted_vocab": Lesson(
        "Ids follow the sorted characters",
        "The distinct characters, sorted by code point, have the ids 0, 1, 2, ... So an id depends on the set of "
        "characters alone, and a saved model still reads the same letters. A set has no order, and that of first "
        "appearance changes with the text.",
        'print(sorted(set("banana")), list(dict.fromkeys("banana")))',
    ),
    "characters_repeat": Lesson(
        "Each distinct character once",
        "The vocabulary lists characters, not places in the text: as many ids as distinct characters, from 0 on.",
        'text = "banana"\nprint(len(text), len(set(text)))',
    ),
    "characters_changed": Lesson(
        "Every character counts as it is",
        "Capitals, spaces, line breaks and accents are characters like others: what is cleaned away cannot be "
        "written later.",
        'text = "Ä b\\n"\nprint(sorted(set(text)), sorted(set(text.lower().strip())))',
    ),
    "dicts_disagree": Lesson(
        "One dict is the inverse of the other",
        "`char_to_id` is a dict from characters to whole numbers and `id_to_char` one from the numbers back, so that "
        "`id_to_char[char_to_id[c]]` gives `c` for each character: both are made of one sorted list.",
        'to_id = {c: i for i, c in enumerate(sorted("cab"))}\nprint({i: c for c, i in to_id.items()})',
    ),
    "state_before_x": Lesson(
        "The state comes first",
        "Concatenation fixes which rows of the kernel belong to what: the first `state_dim` to the state, the others "
        "to x. The other order has the same shapes and another meaning.",
        "import jax.numpy as jnp\nprint(jnp.concatenate([jnp.zeros((1, 2)), jnp.ones((1, 3))], axis=-1))",
    ),
    "no_squashing": Lesson(
        "tanh keeps the state bounded",
        "Without it, or with another function, the same weights give another state: a linear recurrence "
        "cannot forget and grows without bound.",
        "import jax.numpy as jnp\nx = jnp.array([-2.0, 0.5])\nprint(x, jnp.tanh(x), 1 / (1 + jnp.exp(-x)))",
    ),
    "wrong_layer": Lesson(
        "One Dense layer on both",
        "`dense` maps [state, x] side by side: a kernel of `state_dim + in_dim` rows and `state_dim` columns, and a "
        "bias.",
        "from flax import nnx\nlayer = nnx.Linear(2 + 3, 2, rngs=nnx.Rngs(0))\n"
        "print(layer.kernel.shape, layer.bias.shape)",
    ),
    "hidden_memory": Lesson(
        "The state travels through the arguments",
        "A cell that keeps a state of its own answers the same question in two ways, and under `jit` it is remembered "
        "from the trace or not at all. What changes comes in as an argument and goes out as a result.",
        "def cell(state, x):\n    return 0.5 * state + x\n\nprint(cell(0.0, 1.0), cell(0.0, 1.0))",
    ),
    "cells_read_old_state": Lesson(
        "A cell reads what the cell below has just made",
        "Within one step a character climbs all the way: cell2 reads cell1's new state and cell3 that of cell2. "
        "With the old ones it would need three steps to reach the head.",
        "h1, h2 = 1.0, 0.0\nh1 = h1 + 10\nh2 = h2 + h1  # the new h1\nprint(h1, h2)",
    ),
    "other_logits": Lesson(
        "From a character to logits, by formula",
        "h1 = cell1(s1, one_hot(ids)), h2 = cell2(s2, h1), h3 = cell3(s3, h2), and the logits are head(h3) as they "
        "are. The new state is h1, h2, h3.",
        "import math\nh, ups = 1.0, []\nfor weight in (0.5, 2.0, -1.0):  # three cells, one above the other\n"
        "    h = math.tanh(weight * h)\n    ups.append(h)\nprint(ups, 'the head reads', ups[-1])",
    ),
    "states_mixed_up": Lesson(
        "Each cell has its own state",
        "cell1 continues from the state that cell1 left, cell2 from that of cell2. What one cell remembers means "
        "nothing to another.",
        "state = (1.0, 10.0)\nstate = tuple(old + 1 for old in state)\nprint(state)",
    ),
    "head_is_linear": Lesson(
        "Logits are numbers of any size",
        "The head's output goes out as it is, and it reads the third cell: no softmax, no squashing.",
        "import jax, jax.numpy as jnp\nlogits = jnp.array([2.0, -1.0])\nprint(jax.nn.softmax(jax.nn.softmax(logits)))",
    ),
    "input_not_one_hot": Lesson(
        "A character is a direction, not a size",
        "One-hot, no character is nearer to another. `jax.nn.one_hot(ids, vocab_size)` has a 1 at place `id`, "
        "counted from 0.",
        "import jax, jax.numpy as jnp\nprint(jax.nn.one_hot(jnp.array([0, 2]), 3))",
    ),
    "state_not_zero": Lesson(
        "The state starts at zero",
        "Zeros say: nothing was read yet. Float zeros of one row a stream, so that they have the dtype of what "
        "replaces them.",
        "import jax.numpy as jnp\nprint(jnp.zeros((2, 3)).dtype, jnp.zeros((2, 3), int).dtype)",
    ),
    "state_changes_structure": Lesson(
        "The state out looks like the state in",
        "`lax.scan` carries the state round: the same tree, shapes and dtypes before and after a step.",
        "import jax\nprint(jax.lax.scan(lambda s, _: ((s[0] + 1, s[1] * 2), None), (0.0, 1.0), None, length=3)[0])",
    ),
    "state_written_over": Lesson(
        "The state that came in stays as it is",
        "A list or a dict that is changed in place is the caller's, too: whoever starts from the same state again "
        "starts from another. Make a new one of the new states.",
        "def step(state):\n    state[0] = state[0] + 1\n    return state\n\nstart = [0]\n"
        "print(step(start)[0], step(start)[0])",
    ),
    "shared_cells": Lesson(
        "Three cells, three sets of weights",
        "One module under three names, or three made from equal seeds, is one cell applied three times. "
        "`rngs=rngs` handed on gives each a fresh key.",
        "from flax import nnx\nrngs = nnx.Rngs(0)\na, b = nnx.Linear(1, 1, rngs=rngs), nnx.Linear(1, 1, rngs=rngs)\n"
        "print(a.kernel[...], b.kernel[...])",
    ),
    "rngs_ignored": Lesson(
        "The caller chooses the randomness",
        "Weights come from the `rngs` that were handed in: another seed, another model; the same seed, the same.",
        "from flax import nnx\nprint([float(nnx.Linear(1, 1, rngs=nnx.Rngs(s)).kernel[0, 0]) for s in (0, 1, 1)])",
    ),
    "streams_not_contiguous": Lesson(
        "A stream goes on from chunk to chunk",
        "Row `b` of chunk `k + 1` has to begin where row `b` of chunk `k` ended, or the carried state belongs to "
        "another place in the text. Cut the text into streams first and the streams into chunks after.",
        "import numpy as np\nstreams = np.arange(12).reshape(2, 3, 2)  # [stream, chunk, step]\n"
        "print(streams[:, 0], streams[:, 1], sep='\\n')",
    ),
    "streams_by_formula": Lesson(
        "From a place in the text to chunk, stream and step",
        "Both arrays are [num_chunks, batch, length]: `inputs[k, b, t]` is `ids[(b * num_chunks + k) * length + t]`, "
        "and `targets[k, b, t]` is the id after it.",
        "num_chunks, batch, length = 3, 2, 2\nfor k in range(num_chunks):\n"
        "    print([[(b * num_chunks + k) * length + t for t in range(length)] for b in range(batch)])",
    ),
    "targets_not_shifted": Lesson(
        "The target is the next character",
        "At each place the model is asked for what comes after it, and at a chunk's end that is the first character "
        "of the stream's next chunk: shift the whole text by one, then cut.",
        'text = "hello"\nprint(list(zip(text, text[1:])))',
    ),
    "number_of_chunks": Lesson(
        "The last input needs a target too",
        "With n characters there are n - 1 pairs, so `(n - 1) // (batch * length)` chunks, cut from the start of the "
        "text.",
        "n, batch, length = 8, 2, 2\nprint((n - 1) // (batch * length), n // (batch * length))",
    ),
    "not_a_mean": Lesson(
        "Mean cross-entropy in nats",
        "After each character the loss is -log(softmax(logits)[target]), in natural logarithms, and the chunk's is the "
        "mean over batch and time: it does not grow with the chunk, and log(vocab_size) is what knowing nothing costs.",
        "import numpy as np\np = np.array([0.7, 0.2, 0.1])  # softmax(logits), for targets 0 and 2\n"
        "print(np.mean([-np.log(p[0]), -np.log(p[2])]), np.log(3))",
    ),
    "targets_as_handed_in": Lesson(
        "The targets are shifted already",
        "`targets[b, t]` is what follows `inputs[b, t]`: the logits after reading `inputs[b, t]` are held against it, "
        "with no other shift, nor against the inputs.",
        'text = "hello"\nprint([f"after {i!r} comes {t!r}" for i, t in zip(text[:-1], text[1:])])',
    ),
    "wrong_state_goes_out": Lesson(
        "The state after the last step goes out",
        "The next chunk continues from it: neither the state that came in, nor zeros, nor one a step too early.",
        "import jax, jax.numpy as jnp\nprint(jax.lax.scan(lambda s, x: (s + x, s), 10.0, jnp.ones(3)))",
    ),
    "state_reset_inside": Lesson(
        "Start from the state that is handed in",
        "A chunk is no new text. Which state to start from is the caller's choice, and it is an argument.",
        "import jax, jax.numpy as jnp\nprint([float(jax.lax.scan(lambda s, x: (s + x, None), s, jnp.ones(3))[0]) for "
        "s in (0.0, 5.0)])",
    ),
    "axes_swapped": Lesson(
        "scan walks along axis 0",
        "`lax.scan` takes slices of the leading axis, and here that is the batch: the time axis has to be in front.",
        "import jax, jax.numpy as jnp\nids = jnp.arange(6).reshape(2, 3)\n"
        "print(jax.lax.scan(lambda c, x: (c, x), 0, ids.T)[1].shape)",
    ),
    "unstable_log": Lesson(
        "Take the logarithm before the exponential overflows",
        "log(softmax(x)) is -inf where the softmax rounds to 0; `log_softmax` subtracts instead.",
        "import jax, jax.numpy as jnp\nx = jnp.array([0.0, 200.0])\n"
        "print(jnp.log(jax.nn.softmax(x)), jax.nn.log_softmax(x))",
    ),
    "gradient_cut": Lesson(
        "Inside a chunk the gradient flows through time",
        "What was read early in the chunk has its share in a late loss. `stop_gradient` belongs between chunks.",
        "import jax\nf = lambda w: w * jax.lax.stop_gradient(w)\n"
        "print(jax.grad(lambda w: w * w)(3.0), jax.grad(f)(3.0))",
    ),
    "unrolled_loop": Lesson(
        "Python's loop is written out",
        "Under `jit` a Python loop puts each of its rounds into the program, and compiling takes as long as the loop "
        "is. `lax.scan` puts in one.",
        "import jax, jax.numpy as jnp\nloop = lambda x, n: sum(x * i for i in range(n))\n"
        "print([len(jax.jit(loop, static_argnums=1).lower(1.0, n).as_text()) for n in (16, 32)])",
    ),
    "slow_loop": Lesson(
        "One pass over the characters",
        "Each step continues from the state, so a chunk costs its length. Reading again from the start costs the "
        "square.",
        "n = 32\nprint(n, sum(range(1, n + 1)))",
    ),
    "not_greedy": Lesson(
        "Temperature 0 is the argmax",
        "Nothing is drawn at temperature 0, and nothing is divided by it: the likeliest character is taken each time "
        "and read next.",
        "import jax.numpy as jnp\nlogits = jnp.array([0.1, 2.0, 1.9])\nprint(logits.argmax(), logits / 0.0)",
    ),
    "prompt_not_read": Lesson(
        "The prompt is read whole, and once",
        "All of it sets the state, its last character gives the first logits, and none of it is returned.",
        'prompt = "The "\nprint("read", list(prompt[:-1]), "then predict from", repr(prompt[-1]))',
    ),
    "own_output_not_read": Lesson(
        "The model reads what it has just written",
        "The drawn character is the next input, and the new state goes along with it.",
        'follow = {"a": "b", "b": "c", "c": "a"}\nc, text = "a", ""\nfor _ in range(5):\n    c = follow[c]\n'
        "    text += c\nprint(text)",
    ),
    "temperature_misused": Lesson(
        "Divide the logits by the temperature",
        "p is proportional to exp(logits / T). A low temperature sharpens and a high one flattens, the first "
        "character included.",
        "import jax, jax.numpy as jnp\nx = jnp.array([1.0, 0.0])\n"
        "print([jax.nn.softmax(x / t) for t in (0.2, 1.0, 5.0)])",
    ),
    "one_key_for_all_steps": Lesson(
        "A fresh key for each step",
        "The same key draws the same noise: the text repeats itself where the model would not. Split one for each "
        "step.",
        "import jax, jax.numpy as jnp\nkey = jax.random.key(0)\n"
        "print([int(jax.random.categorical(k, jnp.zeros(9))) for k in [key, key, *jax.random.split(key)]])",
    ),
    "key_ignored": Lesson(
        "The key decides",
        "The same key gives the same text and another key another: no seed of one's own, no state outside.",
        "import jax\nprint([int(jax.random.randint(jax.random.key(s), (), 0, 100)) for s in (0, 1, 1)])",
    ),
    "model_remembered": Lesson(
        "The model is an argument",
        "A compiled function keeps what it closes over. Another model, or the same one after more training, has to be "
        "handed to it at each call.",
        "import jax\nw = [1.0]\nf = jax.jit(lambda x: w[0] * x)\nprint(f(2.0))\nw[0] = 5.0\nprint(f(2.0))",
    ),
    "compiled_each_time": Lesson(
        "Compile once, not at each call",
        "A function that is made anew in each call has an empty cache, so `jit` and `scan` compile it again; without "
        "them, each operation is sent off alone. Decorate the outer function, its length and temperature static.",
        "import jax\nf = jax.jit(lambda x: x + 1)\nf(1.0), f(2.0)\nprint(f._cache_size())",
    ),
    "does_not_learn": Lesson(
        "Each update has to reach the model",
        "If the loss stays, look whether updates are applied, with the right sign, whether the returned "
        "model holds the trained weights, and whether targets are the next characters.",
        "import jax\nw = 3.0\nfor _ in range(50):\n    w = w - 0.1 * jax.grad(lambda w: w**2)(w)\nprint(w)",
    ),
    "state_not_carried": Lesson(
        "An epoch is one long read",
        "Zero state at the epoch's start; after that each chunk starts from the state that the one before left, "
        "chunks in order.",
        "state = 0\nfor chunk in ([1, 2], [3, 4]):\n    for x in chunk:\n        state += x\n    print(state)",
    ),
    "history_is_a_mean": Lesson(
        "One number an epoch: the mean over its chunks",
        "`history['loss']` has `epochs` entries. The last chunk alone is noise, and a sum depends on how the text "
        "was cut.",
        "import numpy as np\nlosses = np.array([[3.0, 2.0], [1.5, 1.1]])  # [epoch, chunk]\nprint(losses.mean(axis=1))",
    ),
    "id_without_a_logit": Lesson(
        "An index outside gives NaN, and no error",
        "Where a target has no logit, because ids count from 1 or the vocabulary is too short, JAX fills in NaN, and "
        "one step later each weight is NaN. Ids run from 0 to vocab_size - 1.",
        "import jax.numpy as jnp\nlogits = jnp.array([0.1, 0.2, 0.3])\n"
        "print([float(jnp.take_along_axis(logits, jnp.array([i]), 0)[0]) for i in (0, 2, 3)])",
    ),
    "one_update_a_chunk": Lesson(
        "One Adam step a chunk",
        "The gradient of each chunk is used at once. A step an epoch learns too slowly, a step a character is "
        "another method.",
        "text, batch, length = 1000, 4, 10\nprint((text - 1) // (batch * length), 'steps an epoch')",
    ),
    "not_adam": Lesson(
        "Adam gives each weight its own step",
        "It divides a weight's gradient by its usual size, so each moves by about the learning rate, however small its "
        "gradient. Plain gradient descent leaves the lower cells almost where they were.",
        "import jax.numpy as jnp, optax\ngradient = jnp.array([1.0, 0.001])\n"
        "for rule in (optax.sgd(0.1), optax.adam(0.1)):\n"
        "    print(rule.update(gradient, rule.init(gradient))[0])",
    ),
    "seed_ignored": Lesson(
        "The seed decides the start",
        "The same seed gives the same run, and another seed other weights: `nnx.Rngs(seed)`.",
        "from flax import nnx\nprint([float(nnx.Linear(1, 1, rngs=nnx.Rngs(s)).kernel[0, 0]) for s in (0, 1, 1)])",
    ),
    "slow_epochs": Lesson(
        "Compile the step once and reuse it",
        "An epoch repeats one step. Jitted inside the loop it is compiled each time; not jitted, each operation is "
        "sent off alone. Define the jitted function once, before the loop, or scan over the chunks.",
        "import jax, time\nfor _ in range(3):\n    start = time.perf_counter()\n    jax.jit(lambda x: x + 1)(1.0)\n"
        "    print(time.perf_counter() - start)",
    ),
}

HINTS = {
    "build_vocab": (
        "A vocabulary is the sorted list of distinct characters, read in both directions.",
        "`sorted(set(text))` and `enumerate`.",
        "characters = sorted(set(text))\n{c: i for i, c in enumerate(characters)}  # and the same with i: c",
    ),
    "RNNCell": (
        "Put state and x side by side, one layer, tanh.",
        "`nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)`, `jnp.concatenate([...], axis=-1)`.",
        "In __call__: y = self.dense(jnp.concatenate([state, x], axis=-1)), and return its tanh.",
    ),
    "CharRNN": (
        "Three cells, one above the other: the new state of each is the input of the next.",
        "`jax.nn.one_hot(ids, self.vocab_size)`; three `RNNCell`s, `nnx.Linear` as `head`; a tuple of three "
        "`jnp.zeros`.",
        "h1 = self.cell1(h1, one_hot)\nh2 = self.cell2(h2, h1)\n"
        "... and the head reads h3; return ((h1, h2, h3), logits)",
    ),
    "make_streams": (
        "Cut into streams first, each stream into chunks, and then bring the chunks to the front.",
        "`reshape(batch, num_chunks, length)` and `swapaxes(0, 1)`, for `ids` and for `ids[1:]`.",
        "used = num_chunks * batch * length\nids[:used].reshape(batch, num_chunks, length).swapaxes(0, 1)",
    ),
    "sequence_loss": (
        "The carry of the scan is the state; what each step puts out is its loss.",
        "`jax.lax.scan(step, state, (inputs.T, targets.T))`, `optax.softmax_cross_entropy_with_integer_labels(logits, "
        "targets)`.",
        "def step(state, pair):\n    ids, wanted = pair\n    state, logits = model(state, ids)\n"
        "    return state, loss_of(logits, wanted)",
    ),
    "sample": (
        "Read the prompt but for its last character; then carry (state, character) and put out characters.",
        "Two `lax.scan`s, `jax.random.split(key, length)`, `jax.random.categorical(key, logits / temperature)`; "
        "`nnx.jit` with `static_argnames`. `temperature == 0` is Python's question here.",
        "def write(carry, key):\n    state, token = carry\n    state, logits = model(state, token[None])\n"
        "    token = ...\n"
        "    return (state, token), token",
    ),
    "train": (
        "An epoch is a loop over chunks whose carry is weights, optimizer state and the model's state.",
        "`nnx.split` / `nnx.merge` and `jax.value_and_grad(..., has_aux=True)` inside one jitted function that is "
        "defined once; `nnx.update(model, weights)` at the end. `nnx.Optimizer` with an `nnx.jit` step works too.",
        "(loss, state), gradient = jax.value_and_grad(loss_of, has_aux=True)(weights)\n"
        "step, moments = adam.update(gradient, moments)\nweights = optax.apply_updates(weights, step)",
    ),
}


def normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def key_of(rng):
    return Key.seed(int(rng.integers(2**31)))


# ---------------------------------------------------------------- build_vocab


def vocabulary(stubs, text):
    """build_vocab"""
    char_to_id, id_to_char = stubs.build_vocab(text)
    if not (isinstance(char_to_id, dict) and isinstance(id_to_char, dict)):
        raise TypeError("build_vocab promises two dicts")
    ids = sorted((operator.index(i), str(c)) for c, i in char_to_id.items())
    return [[i, c] for i, c in ids], sorted([operator.index(i), str(c)] for i, c in id_to_char.items())


def there_and_back(stubs, text, message):
    """encoding a message with char_to_id, and decoding it with id_to_char"""
    char_to_id, id_to_char = stubs.build_vocab(text)
    return "".join(id_to_char[int(char_to_id[c])] for c in message)


@exercise("build_vocab", trait="values", points=3, lesson="dicts_disagree")
def test_build_vocab_sorted(student, reference, rng):
    """The distinct characters, sorted, are numbered from 0, in both dicts."""
    letters = "".join(rng.choice(list("the quick brown fox"), 40))
    for text in ("hello world", "zyxzyx", letters, "abcd" * 3):
        agree(student, reference, vocabulary, text, lesson="unsorted_vocab")


@exercise("build_vocab", trait="values", points=2, lesson="characters_changed")
def test_build_vocab_any_text(student, reference, rng):
    """Any text works, and comes back from its ids: capitals, line breaks, accents, one character."""
    for text in ("Ab aB\n\t z.", "größer, naïve — 猫🐈\r\n", "e\u0301 é ﬁ", "a", "\n\n", "zZaA09"):
        agree(student, reference, vocabulary, text, lesson="characters_changed")
        message = "".join(rng.choice(list(text), 12))
        if student.run(there_and_back, text, message) != message:
            raise CheckFailed(f"The message {message!r} did not come back from its ids.", lesson="dicts_disagree")


# ---------------------------------------------------------------- RNNCell

CELL_SHAPES = ((3, 5, 4), (4, 4, 4), (1, 1, 1), (6, 2, 3))


def layer_arrays(layer):
    """What the layer's arrays are, as text."""
    arrays = {"kernel": layer.kernel, "bias": getattr(layer, "bias", None)}
    return {name: None if x is None else f"{x[...].dtype}{list(np.shape(x[...]))}" for name, x in arrays.items()}


def dense_arrays(stubs, in_dim, state_dim):
    """RNNCell(in_dim, state_dim).dense"""
    return layer_arrays(stubs.RNNCell(in_dim, state_dim, rngs=nnx.Rngs(0)).dense)


def set_layer(layer, kernel, bias):
    """Set the layer's own variables where it has them: the module may know them by other names, too."""
    for name, value in (("kernel", jnp.asarray(kernel)), ("bias", jnp.asarray(bias))):
        variable = getattr(layer, name, None)
        if isinstance(variable, nnx.Variable):
            variable.set_value(value)
        else:
            setattr(layer, name, nnx.Param(value))


def move_weights(module):
    """Add 1 to all its weights: those that were promised are set afterwards, and no others should matter."""
    nnx.update(module, jax.tree.map(lambda weight: weight + 1, nnx.state(module, nnx.Param)))


def with_weights(stubs, kernel, bias, moved=False):
    state_dim = kernel.shape[1]
    cell = stubs.RNNCell(kernel.shape[0] - state_dim, state_dim, rngs=nnx.Rngs(0))
    if moved:
        move_weights(cell)
    set_layer(cell.dense, kernel, bias)
    return cell


def cell_output(stubs, kernel, bias, state, x):
    """cell(state, x), with this kernel and bias in cell.dense"""
    return with_weights(stubs, kernel, bias)(state, x)


def moved_cell_output(stubs, kernel, bias, state, x):
    """cell(state, x), with this kernel and bias in cell.dense, and 1 added to all other weights"""
    return with_weights(stubs, kernel, bias, moved=True)(state, x)


def fresh_cells(stubs, in_dim, state_dim, seed):
    """the kernels of two RNNCell(in_dim, state_dim, rngs=rngs), made one after the other of rngs = nnx.Rngs(seed)"""
    rngs = nnx.Rngs(seed)
    return [np.asarray(stubs.RNNCell(in_dim, state_dim, rngs=rngs).dense.kernel[...]) for _ in range(2)]


def cell_twice(stubs, kernel, bias, state, x):
    """cell(state, x) twice with the same arguments"""
    cell = with_weights(stubs, kernel, bias)
    return cell(state, x), cell(state, x)


def cell_over_time(stubs, kernel, bias, state, xs):
    """jit of a scan of the cell over xs, and the gradients of its last state's sum by the kernel and by xs"""

    def last(kernel, xs):
        cell = with_weights(stubs, kernel, bias)
        return jax.lax.scan(lambda s, x: (cell(s, x), None), state, xs)[0]

    return jax.jit(last)(kernel, xs), jax.jit(jax.grad(lambda *given: last(*given).sum(), argnums=(0, 1)))(kernel, xs)


def cell_inputs(rng, in_dim, state_dim, batch):
    kernel = normal(rng, state_dim + in_dim, state_dim) / np.float32(np.sqrt(state_dim + in_dim))
    bias, state = normal(rng, state_dim), np.tanh(rng.normal(size=(batch, state_dim))).astype(np.float32)
    return kernel, bias, state, normal(rng, batch, in_dim)


def expect_layer(arrays, rows, columns, name):
    kernel, bias = f"float32[{rows}, {columns}]", f"float32[{columns}]"
    if arrays != {"kernel": kernel, "bias": bias}:
        raise CheckFailed(
            f"`{name}` has the kernel {arrays['kernel']} and the bias {arrays['bias']}; {kernel} and {bias} were "
            "promised.",
            lesson="wrong_layer",
        )


@exercise("RNNCell", trait="values", points=9, lesson="state_before_x")
def test_RNNCell_values(student, reference, rng):
    """The next state is tanh(dense([state, x])), for weights that we set."""
    for in_dim, state_dim, batch in CELL_SHAPES:
        expect_layer(student.run(dense_arrays, in_dim, state_dim), state_dim + in_dim, state_dim, "dense")
        agree(student, reference, cell_output, *cell_inputs(rng, in_dim, state_dim, batch), rtol=1e-4, atol=1e-5)


@exercise("RNNCell", trait="pure", points=3, lesson="hidden_memory")
def test_RNNCell_no_memory(student, reference, rng):
    """The cell has weights from its rngs, none besides `dense` and no memory, and takes NumPy arrays."""
    kernel, bias, state, x = cell_inputs(rng, 3, 4, 2)
    agree(student, reference, cell_twice, kernel, bias, state, x, rtol=1e-4, atol=1e-5)
    agree(student, reference, cell_output, kernel, bias, Raw(state), Raw(x), rtol=1e-4, atol=1e-5)
    agree(student, reference, moved_cell_output, kernel, bias, state, x, rtol=1e-4, atol=1e-5, lesson="wrong_layer")
    one, two = (int(s) for s in rng.choice(2**30, 2, replace=False))
    (first, second), again, other = (student.run(fresh_cells, 3, 4, seed) for seed in (one, one, two))
    if np.allclose(first, second) or np.allclose(first, other[0]):
        raise CheckFailed("Two cells made from different randomness start alike.", lesson="rngs_ignored")
    if not np.allclose(first, again[0]):
        raise CheckFailed("Two cells made from the same seed differ.", lesson="rngs_ignored")


@exercise("RNNCell", trait="trace", points=3, lesson="hidden_memory")
def test_RNNCell_scan(student, reference, rng):
    """It works in a scan under jit, and gradients flow through time."""
    kernel, bias, state, _ = cell_inputs(rng, 3, 4, 2)
    agree(student, reference, cell_over_time, kernel, bias, state, normal(rng, 5, 2, 3), rtol=1e-3, atol=1e-4)


# ---------------------------------------------------------------- CharRNN

CELLS = ("cell1", "cell2", "cell3")


class PlainCell(nnx.Module):
    """Stands in for a student's cell that does not do what a cell should."""

    def __init__(self, kernel, bias):
        dim = kernel.shape[1]
        self.past, self.seen, self.bias = nnx.Param(kernel[:dim]), nnx.Param(kernel[dim:]), nnx.Param(bias)

    def __call__(self, state, x):
        return jnp.tanh(state @ self.past[...] + x @ self.seen[...] + self.bias[...])


def computes_a_cell(cell, in_dim, state_dim):
    """Whether it is the cell it should be; one that is not is judged elsewhere."""
    rows = state_dim + in_dim
    kernel, bias = jnp.sin(1.0 + jnp.arange(rows * state_dim)).reshape(rows, -1), jnp.linspace(-0.5, 0.5, state_dim)
    state, x = jnp.linspace(-0.9, 0.8, state_dim)[None], jnp.cos(jnp.arange(in_dim))[None]
    try:
        set_layer(cell.dense, kernel, bias)
        return np.allclose(cell(state, x), PlainCell(kernel, bias)(state, x), rtol=1e-3, atol=1e-4)
    except NotImplementedError:
        raise
    except Exception:
        return False


@cache
def sound_cells(make):
    """Which cells are sound of the models that `make(vocab_size, state_dim, rngs=...)` makes.

    Found in a thread of its own: it takes numbers, and this thread may be tracing.
    """

    def find():
        model = make(3, 2, rngs=nnx.Rngs(0))
        ins = zip(CELLS, (3, 2, 2), strict=True)
        return [name for name, in_dim in ins if computes_a_cell(getattr(model, name, None), in_dim, 2)]

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(find).result()


def char_rnn(stubs, weights, moved=False):
    """A CharRNN with these weights. Cells that are not sound are replaced, so that they cost nothing here."""
    dim, vocab_size = weights["head"][0].shape
    sound = sound_cells(stubs.CharRNN)
    model = stubs.CharRNN(vocab_size, dim, rngs=nnx.Rngs(0))
    if moved:
        move_weights(model)
    for name in CELLS:
        cell = getattr(model, name)
        if name in sound:
            set_layer(cell.dense, *weights[name])
        else:
            setattr(model, name, PlainCell(*weights[name]))
    set_layer(model.head, *weights["head"])
    return model


def read_all(stubs, weights, ids):
    """the logits of a CharRNN with these weights, from its zero state along ids[time, batch]"""
    model = char_rnn(stubs, weights)
    state, rows = model.init_state(ids.shape[1]), []
    for now in ids:
        state, logits = model(state, now)
        rows.append(logits)
    return jnp.stack(rows)


def one_step(stubs, weights, ids):
    """the logits after one step of a CharRNN with these weights"""
    model = char_rnn(stubs, weights)
    return model(model.init_state(len(ids)), ids)[1]


def one_moved_step(stubs, weights, ids):
    """the logits after one step of a CharRNN with these weights, and 1 added to all others that it has"""
    model = char_rnn(stubs, weights, moved=True)
    return model(model.init_state(len(ids)), ids)[1]


def zero_state(stubs, vocab_size, state_dim, batch):
    """the leaves of init_state(batch), where all weights of the model are 1"""
    model = stubs.CharRNN(vocab_size, state_dim, rngs=nnx.Rngs(0))
    nnx.update(model, jax.tree.map(jnp.ones_like, nnx.state(model, nnx.Param)))
    return [np.asarray(leaf) for leaf in jax.tree.leaves(model.init_state(batch))]


def state_structures(stubs, vocab_size, state_dim, batch):
    """the structure of init_state(batch) and of the state after one step, and whether the first is still zeros then"""
    model = stubs.CharRNN(vocab_size, state_dim, rngs=nnx.Rngs(0))
    before = model.init_state(batch)
    structure = structure_of(before)
    after, _ = model(before, jnp.zeros(batch, jnp.int32))
    untouched = structure_of(before) == structure and not any(np.any(leaf) for leaf in jax.tree.leaves(before))
    return structure, structure_of(after), untouched


def structure_of(state):
    leaves = [(jnp.shape(x), str(jnp.result_type(x))) for x in jax.tree.leaves(state)]
    return f"{jax.tree.structure(state)} {leaves}"[:900]


def all_arrays(stubs, vocab_size, state_dim):
    """the layers of CharRNN(vocab_size, state_dim)"""
    model = stubs.CharRNN(vocab_size, state_dim, rngs=nnx.Rngs(0))
    cells = {name: layer_arrays(getattr(model, name).dense) for name in CELLS}
    return cells | {"head": layer_arrays(model.head)}


def fresh_kernels(stubs, size, seed):
    """the kernels of a fresh CharRNN(size, size, rngs=nnx.Rngs(seed))"""
    model = stubs.CharRNN(size, size, rngs=nnx.Rngs(seed))
    kernels = [getattr(model, name).dense.kernel[...] for name in CELLS]
    return [np.asarray(k) for k in [*kernels, model.head.kernel[...]]]


def scanned_gradient(stubs, weights, ids):
    """jit of the gradient of the squared logits of a scanned CharRNN, by all weights"""

    def loss(weights):
        model = char_rnn(stubs, weights)
        state = model.init_state(ids.shape[1])
        return jnp.mean(jax.lax.scan(model, state, ids)[1] ** 2)

    return jax.jit(jax.grad(loss))(weights)


def rnn_weights(rng, vocab_size, dim):
    ins = {"cell1": vocab_size, "cell2": dim, "cell3": dim}
    cells = {
        name: (normal(rng, dim + n, dim) * np.float32(1.2 / np.sqrt(dim)), 0.3 * normal(rng, dim))
        for name, n in ins.items()
    }
    return cells | {"head": (2 * normal(rng, dim, vocab_size), normal(rng, vocab_size))}


@exercise("CharRNN", trait="values", points=7, lesson="other_logits")
def test_CharRNN_values(student, reference, rng):
    """One-hot input, each cell reads the new state of the one below, a linear head: for weights that we set."""
    for vocab_size, dim, batch in ((5, 3, 2), (4, 4, 4), (3, 6, 1), (2, 1, 3)):
        weights = rnn_weights(rng, vocab_size, dim)
        ids = rng.integers(vocab_size, size=batch).astype(np.int32)
        agree(student, reference, one_step, weights, ids, rtol=1e-3, atol=1e-4)
        ids = rng.integers(vocab_size, size=(4, batch)).astype(np.int32)
        agree(student, reference, read_all, weights, ids, rtol=1e-3, atol=1e-4, lesson="states_mixed_up")


@exercise("CharRNN", trait="law", points=2, lesson="state_not_zero")
def test_CharRNN_init_state(student, rng):
    """The first state is zeros; a step keeps its structure, and leaves the state that it was given as it was."""
    for vocab_size, dim, batch in ((5, 3, 2), (3, 3, 1)):
        leaves = student.run(zero_state, vocab_size, dim, batch)
        if not leaves or sum(leaf.size for leaf in leaves) < 3 * batch * dim or any(np.any(leaf) for leaf in leaves):
            shapes = [leaf.shape for leaf in leaves]
            raise CheckFailed(
                f"init_state({batch}) has leaves of shape {shapes}; not all are zeros, or some are missing."
            )
        before, after, untouched = student.run(state_structures, vocab_size, dim, batch)
        if before != after:
            message = f"A step turns the state {before[:200]} into {after[:200]}."
            raise CheckFailed(message, lesson="state_changes_structure")
        if not untouched:
            message = (
                "After model(state, ids), the state that was handed in is another: a second call would start from it."
            )
            raise CheckFailed(message, lesson="state_written_over")


@exercise("CharRNN", trait="law", points=4, lesson="shared_cells")
def test_CharRNN_fresh_weights(student, rng):
    """Each cell has weights of its own, made from the rngs it was given."""
    arrays = student.run(all_arrays, 5, 3)
    for name, rows, columns in (("cell1", 8, 3), ("cell2", 6, 3), ("cell3", 6, 3), ("head", 3, 5)):
        expect_layer(arrays[name], rows, columns, name if name == "head" else f"{name}.dense")
    one, two = (int(s) for s in rng.choice(2**30, 2, replace=False))
    first, again, other = (student.run(fresh_kernels, 6, seed) for seed in (one, one, two))
    for i, name in enumerate(CELLS):
        for j in range(i):
            if np.allclose(first[i], first[j]):
                raise CheckFailed(f"{CELLS[j]} and {name} start with the same weights.")
        if first[i].std() == 0:
            raise CheckFailed(f"The weights of {name} are all equal at the start: its units can never differ.")
    # A head may start at zero.
    if any(np.allclose(a, b) and np.any(a) for a, b in zip(first, other, strict=True)):
        raise CheckFailed("Two models made from different seeds share weights.", lesson="rngs_ignored")
    if not all(np.allclose(a, b) for a, b in zip(first, again, strict=True)):
        raise CheckFailed("Two models made from the same seed differ.", lesson="rngs_ignored")


@exercise("CharRNN", trait="trace", points=2, lesson="state_changes_structure")
def test_CharRNN_scan(student, reference, rng):
    """It runs in a scan under jit, gradients reach all weights, of which there are no more, and ids may be NumPy."""
    weights = rnn_weights(rng, 4, 3)
    ids = rng.integers(4, size=(3, 2)).astype(np.int32)
    agree(student, reference, one_step, weights, Raw(ids[0]), rtol=1e-3, atol=1e-4)
    agree(student, reference, one_moved_step, weights, ids[0], rtol=1e-3, atol=1e-4, lesson="input_not_one_hot")
    agree(student, reference, scanned_gradient, weights, ids, rtol=1e-2, atol=1e-3)


# ---------------------------------------------------------------- make_streams


def streams(stubs, ids, batch, length):
    """make_streams"""
    inputs, targets = stubs.make_streams(ids, batch, length)
    return jnp.asarray(inputs), jnp.asarray(targets)


@exercise("make_streams", trait="values", points=8, lesson="streams_by_formula")
def test_make_streams_values(student, reference, rng):
    """Streams go on from chunk to chunk, and targets are the next ids."""
    for n, batch, length in ((25, 2, 4), (40, 3, 3), (33, 4, 2), (28, 3, 3), (32, 2, 5)):
        ids = (np.arange(n) + 7).astype(np.int32)
        agree(student, reference, streams, ids, batch, length, lesson="streams_by_formula")
    ids = rng.integers(5, size=61).astype(np.int32)
    agree(student, reference, streams, ids, 4, 5, lesson="streams_by_formula")


@exercise("make_streams", trait="values", points=5, lesson="number_of_chunks")
def test_make_streams_edges(student, reference, rng):
    """One stream, chunks of one step, one chunk only, and texts that fit exactly."""
    for n, batch, length in ((9, 1, 4), (9, 4, 1), (13, 3, 4), (12, 3, 2), (2, 1, 1), (17, 4, 4)):
        ids = rng.permutation(n).astype(np.int32)
        agree(student, reference, streams, ids, batch, length, lesson="number_of_chunks")


@exercise("make_streams", trait="pure", points=2, lesson="targets_not_shifted")
def test_make_streams_numpy(student, reference, rng):
    """NumPy ids will do, large ids stay what they are, and the argument is not changed."""
    ids = rng.integers(2**30, 2**31 - 1, size=30).astype(np.int32)
    agree(student, reference, streams, Raw(ids.copy()), 2, 3)
    agree(student, reference, unchanged_ids, Raw(ids.copy()), 2, 3)


def unchanged_ids(stubs, ids, batch, length):
    """ids after make_streams"""
    stubs.make_streams(ids, batch, length)
    return ids


# ---------------------------------------------------------------- a model for the loss and for sampling


class SmallModel(nnx.Module):
    """What `sequence_loss` and `sample` may ask of a model, and no more.

    It is a CharRNN whose upper cells only squash: `upper` of `as_char_rnn` says with which weights.
    """

    def __init__(self, past, table, out, bias):
        self.past, self.table = nnx.Param(past), nnx.Param(table)
        self.out, self.bias = nnx.Param(out), nnx.Param(bias)

    def init_state(self, batch):
        return {"memory": jnp.zeros((batch, self.past.shape[0]))}

    def __call__(self, state, ids):
        memory = jnp.tanh(state["memory"] @ self.past[...] + self.table[...][ids])
        return {"memory": memory}, jnp.tanh(jnp.tanh(memory)) @ self.out[...] + self.bias[...]


def as_char_rnn(stubs, past, table, out, bias):
    """The student's own CharRNN, computing the same."""
    dim = past.shape[0]
    upper = jnp.concatenate([jnp.zeros((dim, dim)), jnp.eye(dim)])
    model = stubs.CharRNN(table.shape[0], dim, rngs=nnx.Rngs(0))
    set_layer(model.cell1.dense, jnp.concatenate([past, table]), jnp.zeros(dim))
    set_layer(model.cell2.dense, upper, jnp.zeros(dim))
    set_layer(model.cell3.dense, upper, jnp.zeros(dim))
    set_layer(model.head, out, bias)
    return model


def with_model(stubs, weights, use):
    """use(model): with the small model, and with the student's own where the small one will not do."""
    weights = {name: jnp.asarray(w) for name, w in weights.items()}
    try:
        return use(SmallModel(**weights))
    except NotImplementedError:
        raise
    except Exception as error:
        try:
            model = as_char_rnn(stubs, **weights)
        except Exception:
            raise error from None
        return use(model)


def rewrite(model, bias):
    """Change the model that `with_model` hands over in place, as an update does: its last bias."""
    (model.bias if isinstance(model, SmallModel) else model.head.bias).set_value(jnp.asarray(bias))


def model_weights(rng, vocab_size, dim, scale=1.0):
    return {
        "past": normal(rng, dim, dim) * np.float32(1.5 / np.sqrt(dim)),
        "table": 1.5 * normal(rng, vocab_size, dim),
        "out": np.float32(scale * 3 / np.sqrt(dim)) * normal(rng, dim, vocab_size),
        "bias": 0.3 * normal(rng, vocab_size),
    }


# ---------------------------------------------------------------- sequence_loss


def chunk_loss(stubs, weights, inputs, targets):
    """the loss of sequence_loss, from the zero state"""
    return with_model(
        stubs, weights, lambda model: stubs.sequence_loss(model, model.init_state(len(inputs)), inputs, targets)[0]
    )


def two_chunks(stubs, weights, inputs, targets):
    """the losses of two chunks, the first from a state that has read a character, the second from what it left"""

    def use(model):
        state, _ = model(model.init_state(inputs.shape[1]), inputs[1, :, 0])
        first, state = stubs.sequence_loss(model, state, inputs[0], targets[0])
        return first, stubs.sequence_loss(model, state, inputs[1], targets[1])[0]

    return with_model(stubs, weights, use)


def loss_after_update(stubs, weights, bias, inputs, targets):
    """the loss of sequence_loss, and again after the same model got another bias for its logits"""

    def use(model):
        before, _ = stubs.sequence_loss(model, model.init_state(len(inputs)), inputs, targets)
        rewrite(model, bias)
        return before, stubs.sequence_loss(model, model.init_state(len(inputs)), inputs, targets)[0]

    return with_model(stubs, weights, use)


def chunk_gradient(stubs, weights, inputs, targets):
    """jit of value and gradient of the loss by the model's weights"""
    return jax.jit(jax.value_and_grad(lambda w: chunk_loss(stubs, w, inputs, targets)))(weights)


def compiled_loss(stubs, weights):
    """jit of sequence_loss from the zero state"""
    return jax.jit(lambda inputs, targets: chunk_loss(stubs, weights, inputs, targets))


def looped_loss(stubs, weights):
    """A Python loop over time, one compiled step."""
    model = SmallModel(**{name: jnp.asarray(w) for name, w in weights.items()})

    @jax.jit
    def step(state, ids, wanted):
        state, logits = model(state, ids)
        return state, -jnp.take_along_axis(jax.nn.log_softmax(logits), wanted[:, None], axis=1).mean()

    def loss(inputs, targets):
        state, total = model.init_state(len(inputs)), 0.0
        for t in range(inputs.shape[1]):
            state, value = step(state, inputs[:, t], targets[:, t])
            total += value
        return total / inputs.shape[1]

    return loss


def chunk(rng, vocab_size, *shape):
    return tuple(rng.integers(vocab_size, size=shape).astype(np.int32) for _ in range(2))


@exercise("sequence_loss", trait="values", points=5, lesson="not_a_mean")
def test_sequence_loss_values(student, reference, rng):
    """It is the mean cross-entropy in nats over the batch and over time."""
    for vocab_size, dim, batch, length in ((5, 3, 2, 6), (4, 4, 4, 4), (6, 2, 1, 5), (3, 4, 3, 1), (2, 1, 1, 1)):
        weights = model_weights(rng, vocab_size, dim)
        agree(student, reference, chunk_loss, weights, *chunk(rng, vocab_size, batch, length), rtol=1e-4, atol=1e-5)


@exercise("sequence_loss", trait="values", points=3, lesson="wrong_state_goes_out")
def test_sequence_loss_state(student, reference, rng):
    """The next chunk continues from the state that comes out, with the model as it is by then."""
    for vocab_size, dim, batch, length in ((5, 3, 2, 3), (4, 4, 4, 4), (5, 6, 1, 1)):
        weights = model_weights(rng, vocab_size, dim)
        agree(student, reference, two_chunks, weights, *chunk(rng, vocab_size, 2, batch, length), rtol=1e-4, atol=1e-5)
    given = model_weights(rng, 5, 3), normal(rng, 5), *chunk(rng, 5, 2, 4)
    agree(student, reference, loss_after_update, *given, rtol=1e-4, atol=1e-5, lesson="model_remembered")


@exercise("sequence_loss", trait="values", points=1, lesson="unstable_log")
def test_sequence_loss_large_logits(student, reference, rng):
    """Logits of several hundred give a finite loss, and the right one."""
    weights = model_weights(rng, 5, 4, scale=300.0)
    agree(student, reference, chunk_loss, weights, *chunk(rng, 5, 3, 6), rtol=1e-3, atol=1e-3)


@exercise("sequence_loss", trait="trace", points=2, lesson="gradient_cut")
def test_sequence_loss_gradient(student, reference, rng):
    """Under jit, the gradient flows back through time."""
    weights = model_weights(rng, 4, 3)
    for length in (5, 16):
        agree(student, reference, chunk_gradient, weights, *chunk(rng, 4, 2, length), rtol=1e-3, atol=1e-4)


@exercise("sequence_loss", trait="trace", points=2, lesson="unrolled_loop")
def test_sequence_loss_program_size(student, rng):
    """The program does not grow with the length."""
    weights = model_weights(rng, 4, 3)
    stays_small(lambda length: student.run(program_size, chunk_loss, weights, *chunk(rng, 4, 2, length)), "chunks")


def stays_small(size, what):
    # A step's constants may differ by a few operations, and blocks may leave steps over; a step more is about twenty.
    for short, long, limit in ((16, 32, 12), (128, 1280, 115)):
        few, many = size(short), size(long)
        if many - few > limit:
            message = f"The program has {few} operations for {what} of {short} and {many} for {what} of {long}."
            raise CheckFailed(message, lesson="unrolled_loop")


@exercise("sequence_loss", trait="speed", points=2, on_gpu=True, lesson="slow_loop")
def test_sequence_loss_speed(race, rng):
    """Its time grows with the length, and no faster."""
    weights = model_weights(rng, 32, 48)
    race(
        compiled_loss,
        weights,
        inputs=lambda: chunk(rng, 32, 16, 192),
        baseline=partial(looped_loss, weights=weights),
        rtol=1e-3,
        atol=1e-3,
    )


# ---------------------------------------------------------------- sample


def written(stubs, weights, key, prompt_ids, length, temperature):
    """sample, with a model of these weights"""
    return with_model(stubs, weights, lambda model: stubs.sample(model, key, prompt_ids, length, temperature))


def first_written(stubs, weights, keys, few, prompt_ids, temperature):
    """the first id that sample draws with each of many keys"""

    def one(key):
        return written(stubs, weights, key, prompt_ids, 1, temperature)[0]

    try:
        return jax.vmap(one)(keys)
    except NotImplementedError:
        raise
    except Exception:
        return jnp.stack([jnp.asarray(one(key)) for key in keys[:few]])


def written_after_update(stubs, weights, bias, key, prompt_ids, length, temperature):
    """sample twice, the second time after the same model got another bias for its logits"""

    def use(model):
        stubs.sample(model, key, prompt_ids, length, temperature)
        rewrite(model, bias)
        return stubs.sample(model, key, prompt_ids, length, temperature)

    return with_model(stubs, weights, use)


def writer(stubs, weights, length, temperature):
    """sample as it is, called again and again"""

    def use(model):
        def write(key, prompt_ids):
            return stubs.sample(model, key, prompt_ids, length, temperature)

        write(jax.random.key(0), jnp.zeros(3, jnp.int32))
        return write

    return with_model(stubs, weights, use)


def looped_writer(stubs, weights, length, temperature):
    """A Python loop over characters, one compiled step."""
    model = SmallModel(**{name: jnp.asarray(w) for name, w in weights.items()})

    @jax.jit
    def step(state, token, key):
        state, logits = model(state, token[None])
        return state, jax.random.categorical(key, logits[0] / temperature).astype(jnp.int32)

    def write(key, prompt_ids):
        state, ids = model.init_state(1), []
        for token in prompt_ids[:-1]:
            state, _ = step(state, token, key)
        token = prompt_ids[-1]
        for one in jax.random.split(key, length):
            state, token = step(state, token, one)
            ids.append(token)
        return jnp.stack(ids)

    return write


def greedy(weights, prompt_ids, length):
    """The argmax rollout and its smallest lead over the second best, in NumPy."""
    memory = np.zeros(len(weights["past"]))
    ids, lead = [], np.inf
    todo = list(prompt_ids)
    while len(ids) < length:
        memory = np.tanh(memory @ weights["past"] + weights["table"][todo.pop(0)])
        if not todo:
            logits = np.tanh(np.tanh(memory)) @ weights["out"] + weights["bias"]
            second, first = np.sort(logits)[-2:]
            lead = min(lead, first - second)
            ids.append(int(logits.argmax()))
            todo.append(ids[-1])
    return ids, lead


def lively(rng, vocab_size, dim, prompt_length, length):
    """Weights and a prompt of a clear-cut, lively greedy continuation that needs all of the prompt."""
    for _ in range(500):
        weights = model_weights(rng, vocab_size, dim)
        prompt = rng.integers(vocab_size, size=prompt_length).astype(np.int32)
        ids, lead = greedy(weights, prompt, length)
        fresh = ids[0] != int(prompt[-1]) or prompt_length == 1
        lively_enough = lead > 0.02 and len(set(ids)) > min(2, length - 1) and fresh
        if lively_enough and (prompt_length == 1 or ids != greedy(weights, prompt[-1:], length)[0]):
            return weights, prompt
    return weights, prompt


def long_memory(rng, prompt_length):
    """Weights and a prompt whose first id, 0 or 1, decides for good whether 2323... or 4545... is written."""
    past, table, out = np.zeros((6, 6)), 3.0 * np.eye(6), np.zeros((6, 6))
    # Unit 0 keeps what it was set to.
    past[0, 0] = 3.0
    table[:2, 0] = 5.0, -5.0
    out[0, 2:] = 4.0, 4.0, -4.0, -4.0
    # Even ids come after odd ones.
    out[[2, 4], 2:] = -3.0, 3.0, -3.0, 3.0
    out[[3, 5], 2:] = 3.0, -3.0, 3.0, -3.0
    first = int(rng.integers(2))
    # A state that has forgotten writes the other pair.
    bias = np.array([-9.0, -9.0, first, first, 1 - first, 1 - first])
    prompt = np.append(first, rng.integers(2, 6, prompt_length - 1)).astype(np.int32)
    return {"past": past, "table": table, "out": out, "bias": bias}, prompt


@exercise("sample", trait="values", points=5, lesson="not_greedy")
def test_sample_greedy(student, reference, rng):
    """At temperature 0 it continues the prompt with the likeliest id each time."""
    for vocab_size, dim, prompt_length, length in ((7, 4, 3, 9), (5, 5, 5, 5), (6, 4, 1, 8), (5, 3, 4, 1)):
        weights, prompt = lively(rng, vocab_size, dim, prompt_length, length)
        agree(student, reference, written, weights, key_of(rng), prompt, length, 0.0)
    weights, prompt = long_memory(rng, 40)
    for length, lesson in ((1, "prompt_not_read"), (300, "own_output_not_read")):
        agree(student, reference, written, weights, key_of(rng), prompt, length, 0.0, lesson=lesson)


@exercise("sample", trait="law", points=4, lesson="temperature_misused")
def test_sample_law(student, rng):
    """Each id is drawn from softmax(logits / temperature), given what was written before."""
    vocab_size = 4
    levels = rng.uniform(-1.1, 1.1, (vocab_size, vocab_size))
    # No memory: after id i the logits are row i.
    height = np.tanh(np.tanh(np.tanh(3.0)))
    weights = {
        "past": np.zeros((vocab_size, vocab_size)),
        "table": 3.0 * np.eye(vocab_size),
        "out": levels / height,
        "bias": np.zeros(vocab_size),
    }
    weights = {name: w.astype(np.float32) for name, w in weights.items()}
    # Logits as large as the temperature, so that all ids come at any: also where one would call it cold or too hot.
    for temperature, sharpness in ((8.0, 0.6), (0.0004, 3.3)):
        rows = np.exp(sharpness * levels)
        rows /= rows.sum(1, keepdims=True)
        weights["out"] = (temperature * sharpness * levels / height).astype(np.float32)
        ids = student.run(written, weights, key_of(rng), np.array([2, 1], np.int32), 6000, temperature)
        expect_ids(ids, 6000, vocab_size)
        if one_follower(ids):
            more = [
                student.run(written, weights, key_of(rng), np.array([2, 1], np.int32), 6000, temperature)
                for _ in range(10)
            ]
            fixed = all(np.array_equal(ids, other) for other in more)
            message = f"At temperature {temperature}, an id is always followed by the same one."
            raise CheckFailed(message, lesson=None if fixed else "one_key_for_all_steps")
        for before in range(vocab_size):
            after = ids[1:][ids[:-1] == before]
            for now in range(vocab_size):
                if len(after) * min(rows[before, now], 1 - rows[before, now]) > 20:
                    what = f"At temperature {temperature}, id {now} after id {before}"
                    is_frequency(after == now, rows[before, now], what)
        keys = Key(rng.integers(2**32, size=(800, 2), dtype=np.uint32))
        first = student.run(first_written, weights, keys, 60, np.array([2, 1], np.int32), temperature)
        for now in range(vocab_size):
            if len(first) * min(rows[1, now], 1 - rows[1, now]) > 20:
                what = f"At temperature {temperature}, id {now} as the first id"
                is_frequency(first == now, rows[1, now], what)


def one_follower(ids):
    """Whether each id is followed by the same id wherever it stands."""
    pairs = set(pairwise(ids.tolist()))
    return len(pairs) == len({before for before, _ in pairs})


def expect_ids(ids, length, vocab_size):
    if not isinstance(ids, np.ndarray) or ids.shape != (length,) or ids.dtype.kind not in "iu":
        what = f"{ids.dtype}{list(ids.shape)}" if isinstance(ids, np.ndarray) else f"a {type(ids).__name__}"
        raise CheckFailed(f"{what} came back where {length} integer ids were promised.")
    if ids.min() < 0 or ids.max() >= vocab_size:
        raise CheckFailed(f"There are ids outside the vocabulary of {vocab_size}: from {ids.min()} to {ids.max()}.")


@exercise("sample", trait="keys", points=2, lesson="one_key_for_all_steps")
def test_sample_keys(student, rng):
    """Each step has a fresh key; the same key gives the same text, another key another."""
    vocab_size, likely, length = 64, 48, 3000
    # The first ids are equally likely; the others come less than once in a hundred, all together.
    chances = np.full(vocab_size, 4e-4)
    chances[:likely] = (1 - chances[likely:].sum()) / likely
    shapes = {"past": (2, 2), "table": (vocab_size, 2), "out": (2, vocab_size)}
    weights = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    weights["bias"] = np.log(chances).astype(np.float32)
    prompt = np.array([3], np.int32)
    seed = int(rng.integers(2**30))
    keys = [Key.seed(seed), Key.seed(seed + 1), key_of(rng)]
    texts = [student.run(written, weights, key, prompt, length, 1.0) for key in keys]
    for ids in texts:
        expect_ids(ids, length, vocab_size)
        for lag in range(1, length // 2):
            if np.mean(ids[lag:] == ids[:-lag]) > 0.5:
                raise CheckFailed(f"Every {lag} ids the text repeats itself.")
    # Of as many draws, one of the likely ids stays away with a probability of 1e-80.
    drawn = np.array(texts)
    found = len(np.unique(drawn[drawn < likely]))
    if found < likely:
        message = f"{likely} ids are equally likely; in {drawn.size} draws only {found} of them came."
        raise CheckFailed(message, lesson="temperature_misused")
    what = f"An id that is one of the {vocab_size - likely} unlikely ones"
    is_frequency(drawn >= likely, chances[likely:].sum(), what, lesson="temperature_misused")
    alike = float((chances**2).sum())
    repeats = np.concatenate([ids[lag:] == ids[:-lag] for ids in texts for lag in (1, 2, 3)])
    is_frequency(repeats, alike, "An id that equals one of the three before it")
    if not np.array_equal(texts[0], student.run(written, weights, keys[0], prompt, length, 1.0)):
        raise CheckFailed("The same key gave two different texts.", lesson="key_ignored")
    same = np.concatenate([texts[i] == texts[j] for i, j in ((0, 1), (1, 2), (0, 2))])
    is_frequency(same, alike, "Agreement of texts from two keys", lesson="key_ignored")
    if student.run(reused_key, written, weights, keys[0], prompt, 4, 1.0):
        raise CheckFailed("A key is used twice: drawn from, or split, after another draw or split of the same key.")
    bias = 50 * np.eye(vocab_size, dtype=np.float32)[7]
    if np.any(student.run(written_after_update, weights, bias, keys[0], prompt, length, 1.0) != 7):
        message = "A model that became sure of one id, between two calls, writes others."
        raise CheckFailed(message, lesson="model_remembered")


@exercise("sample", trait="trace", points=2, lesson="unrolled_loop")
def test_sample_program_size(student, rng):
    """The program grows neither with the prompt nor with what is written."""
    weights = model_weights(rng, 5, 3)

    def size(prompt_length, length):
        prompt = rng.integers(5, size=prompt_length).astype(np.int32)
        return student.run(program_size, written, weights, key_of(rng), prompt, length, 0.8)

    stays_small(lambda length: size(4, length), "texts")
    stays_small(lambda length: size(length, 4), "prompts")


@exercise("sample", trait="speed", points=2, lesson="compiled_each_time")
def test_sample_speed(race, rng):
    """It is compiled once, and a text costs its length."""
    vocab_size, dim = 12, 24
    following = rng.permutation(vocab_size)
    weights = model_weights(rng, vocab_size, dim)
    weights["past"] *= np.float32(0.02)
    weights["table"] = np.eye(vocab_size, dim, dtype=np.float32) * 3
    # Sharp enough that every key draws the same text, so that texts can be compared.
    weights["out"] = np.zeros((dim, vocab_size), np.float32)
    weights["out"][np.arange(vocab_size), following] = 200
    race(
        writer,
        weights,
        600,
        1.0,
        inputs=lambda: (key_of(rng), rng.integers(vocab_size, size=3).astype(np.int32)),
        baseline=partial(looped_writer, weights=weights, length=600, temperature=1.0),
    )


# ---------------------------------------------------------------- train


def trained(stubs, arguments, read):
    """train; then the model reads ids[time, batch] from its zero state, and its logits come back"""
    model, history = stubs.train(*arguments.values())
    losses = np.array([float(x) for x in history["loss"]])
    logits = jax.jit(lambda ids: jax.lax.scan(model, model.init_state(ids.shape[1]), ids)[1])(read)
    return losses, logits


def just_train(stubs, arguments):
    """train"""
    return float(stubs.train(*arguments.values())[1]["loss"][-1])


def nats(logits, targets):
    """The cross-entropy of each target, in NumPy."""
    wide = logits.astype(np.float64)
    top = wide.max(-1, keepdims=True)
    total = np.log(np.exp(wide - top).sum(-1)) + top[..., 0]
    return total - np.take_along_axis(wide, targets[..., None], -1)[..., 0]


def ids_of(text):
    return np.unique(list(text), return_inverse=True)[1].astype(np.int32)


def arguments(rng, text, state_dim, epochs, batch, length, learning_rate):
    names = ("seed", "text", "state_dim", "epochs", "batch", "length", "learning_rate")
    return dict(
        zip(names, (int(rng.integers(2**30)), text, state_dim, epochs, batch, length, learning_rate), strict=True)
    )


def expect_history(losses, epochs):
    if losses.shape != (epochs,) or not np.isfinite(losses).all():
        lesson = "id_without_a_logit" if np.isnan(losses).all() else "history_is_a_mean"
        raise CheckFailed(f"history['loss'] is {losses}; {epochs} finite numbers were promised.", lesson=lesson)


@exercise("train", trait="learns", points=8, lesson="does_not_learn")
def test_train_learns(student, rng):
    """It learns a short pattern by heart."""
    pattern = "".join(rng.permutation(list("abcd")))
    text = pattern * 100
    read = ids_of(pattern * 10)
    losses, logits = student.run(trained, arguments(rng, text, 8, 24, 4, 10, 0.02), read[:-1, None])
    expect_history(losses, 24)
    if losses[-1] > 0.2 or losses[-1] > losses[0] / 3:
        raise CheckFailed(
            f"The loss went from {losses[0]:.3f} to {losses[-1]:.3f} in 24 epochs; it should end below 0.2."
        )
    wrong = int((logits[8:, 0].argmax(-1) != read[9:]).sum())
    if wrong or nats(logits[8:], read[9:, None]).mean() > 0.2:
        raise CheckFailed(
            f"The loss falls to {losses[-1]:.3f}, but the model that comes back predicts {wrong} of {len(read) - 9} "
            f"characters of the pattern {pattern!r} wrongly."
        )


@exercise("train", trait="values", points=4, lesson="state_not_carried")
def test_train_carries_state(student, rng):
    """The loss of an epoch is the mean over its chunks, read on from a zero state."""
    text = "".join(rng.permutation(list("abcdefgh" * 4)))[:26]
    batch, length, chunks = 2, 3, 4
    each = chunks * length
    ids = ids_of(text)
    places = np.arange(each)[:, None] + each * np.arange(batch)
    # At such a rate no weight moves, so all epochs have the loss of the model that comes back.
    losses, logits = student.run(trained, arguments(rng, text, 12, 2, batch, length, 1e-9), ids[places])
    expect_history(losses, 2)
    costs = nats(logits, ids[places + 1]).reshape(chunks, -1).mean(1)
    want = costs.mean()
    if np.abs(losses[0] - want) > 1e-4:
        of_one_chunk = np.abs(losses[0] - costs).min() < 1e-4
        lesson = "history_is_a_mean" if of_one_chunk or np.abs(losses[0] / want - 1) > 0.2 else None
        raise CheckFailed(
            f"Without learning, the first epoch should cost {want:.4f}; it is {losses[0]:.4f}.", lesson=lesson
        )
    if np.abs(losses[1] - want) > 1e-4:
        raise CheckFailed(f"Without learning, all epochs should cost {want:.4f}; the second costs {losses[1]:.4f}.")


def weights_and_losses(stubs, arguments):
    """all weights of the trained model, in one vector, and history['loss']"""
    model, history = stubs.train(*arguments.values())
    return ravel_pytree(nnx.state(model, nnx.Param))[0], np.array([float(x) for x in history["loss"]])


def adam_by_hand(stubs, arguments, inputs, targets):
    """the same by Adam's formulas, chunk after chunk, from the weights that train starts from"""
    model, _ = stubs.train(*(arguments | {"epochs": 1, "learning_rate": 1e-9}).values())
    graph, start, rest = nnx.split(model, nnx.Param, ...)
    place, as_tree = ravel_pytree(start)

    def read(place, memory, ids, wanted):
        memory, logits = jax.lax.scan(nnx.merge(graph, as_tree(place), rest), memory, ids.T)
        return optax.softmax_cross_entropy_with_integer_labels(logits, wanted.T).mean(), memory

    slope_of = jax.jit(jax.value_and_grad(read, has_aux=True))
    mean, square, t, costs = 0.0, 0.0, 0, []
    for _ in range(arguments["epochs"]):
        memory = model.init_state(inputs.shape[1])
        for ids, wanted in zip(inputs, targets, strict=True):
            (cost, memory), slope = slope_of(place, memory, ids, wanted)
            t += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            size = jnp.sqrt(square / (1 - 0.999**t)) + 1e-8
            place = place - arguments["learning_rate"] * mean / (1 - 0.9**t) / size
            costs.append(cost)
    return place, jnp.stack(costs).reshape(arguments["epochs"], -1).mean(1)


def goes_where_adam_goes(student, rng):
    """Test ten epochs of 6 chunks against Adam by hand."""
    text = "".join(rng.permutation(list("abcd" * 25)))[:97]
    given = arguments(rng, text, 4, 10, 4, 4, 1e-2)
    ids = ids_of(text)
    places = np.arange(6)[:, None, None] * 4 + np.arange(4)[:, None] * 24 + np.arange(4)
    want, costs = student.run(adam_by_hand, given, ids[places], ids[places + 1])
    got, losses = student.run(weights_and_losses, given)
    # In learning rates: 0.0001 by rounding, 0.5 by NAdam, 1.2 by a rate that goes down by a tenth every 20 chunks.
    apart = np.median(np.abs(got - want)) / 1e-2
    if apart > 0.15:
        raise CheckFailed(
            f"After 60 chunks in ten epochs, half the weights are more than {apart:.2f} learning rates from where "
            "Adam takes them.",
            lesson="not_adam",
        )
    if not np.allclose(losses, costs, rtol=3e-3):
        raise CheckFailed(
            f"The chunks' losses, each before its update, have the means {costs}; history['loss'] is {losses}.",
            lesson="history_is_a_mean",
        )


def ends_where_it_stops(student, rng):
    """Test that the last weights come back, and that only gradients moved them, at a rate that lets the loss rise."""
    # The last letter is left over, so that no gradient reaches the weights that read it.
    text = "".join(rng.permutation(list("abcd" * 25)))[:97] + "e"
    given = arguments(rng, text, 4, 24, 4, 4, 1.0)
    last, losses = student.run(weights_and_losses, given)
    best = int(losses.argmin()) + 1
    earlier, _ = student.run(weights_and_losses, given | {"epochs": best if best < 24 else 1})
    unmoved = int((last == earlier).sum())
    if unmoved == last.size:
        message = (
            f"The weights after 24 epochs are those after {best}, where the loss was least: the last are promised."
        )
        raise CheckFailed(message, lesson="does_not_learn")
    if unmoved < given["state_dim"]:
        message = (
            "A character that is never read has no gradient, and Adam leaves its weights in cell1 as they are; here "
            "something moved them."
        )
        raise CheckFailed(message, lesson="not_adam")


def moves_as_adam_does(student, still):
    """Whether an epoch of one chunk, read again and again or not, moves a weight by whole learning rates."""
    once = still | {"text": still["text"][:9]}
    start, _ = student.run(weights_and_losses, once)
    moved, _ = student.run(weights_and_losses, once | {"learning_rate": 1e-3})
    steps = np.abs(moved - start).max() / 1e-3
    return np.abs(steps - np.round(steps)) < 0.1


@exercise("train", trait="law", points=3, lesson="one_update_a_chunk")
def test_train_updates(student, rng):
    """One Adam step a chunk, from weights that the seed decides."""
    text = ("aaaaaaab" * 20)[:97]
    still = arguments(rng, text, 4, 1, 2, 4, 1e-9)
    start, _ = student.run(weights_and_losses, still)
    moved, _ = student.run(weights_and_losses, still | {"learning_rate": 1e-3})
    other, _ = student.run(weights_and_losses, still | {"seed": still["seed"] + 1})
    if start.shape != other.shape or np.abs(start - other).max() < 1e-2:
        raise CheckFailed("Two seeds start from the same weights.", lesson="seed_ignored")
    if start.shape != moved.shape or np.abs(start - moved).max() > 0.1:
        raise CheckFailed("The same seed starts from different weights.", lesson="seed_ignored")
    # Adam moves a weight whose gradient keeps its sign by the learning rate, each step: so all about as far.
    moves = np.abs(moved - start) / 1e-3
    steps, half = moves.max(), np.median(moves)
    if steps > 1.5 and half < 0.3 * steps:
        message = f"In 12 steps one weight moved by {steps:.1f} learning rates, half of them by less than {half:.2f}."
        raise CheckFailed(message, lesson="not_adam")
    if not 3 < steps < 16:
        message = f"In an epoch of 12 chunks the weights moved by about {steps:.1f} Adam steps."
        raise CheckFailed(message, lesson=None if moves_as_adam_does(student, still) else "not_adam")
    goes_where_adam_goes(student, rng)
    ends_where_it_stops(student, rng)


@exercise("train", trait="speed", points=5, lesson="slow_epochs", slow="slow_epochs")
def test_train_speed(student, rng):
    """An epoch costs what its arithmetic costs."""
    text = "".join(rng.choice(list("abcdefghijklmnop"), 16 * 8 * 12 + 1))
    student.run(just_train, arguments(rng, text, 32, 1, 8, 16, 1e-3))  # the first compilation costs more than others
    once = math.inf  # the least of several runs: noise only adds
    for epochs in (8, 24, 64, 64):
        limit = 40 * numpy_seconds()
        # Another seed each time, as a training may be remembered.
        given = arguments(rng, text, 32, 1, 8, 16, 1e-3)
        one, more = (cpu_cost(student, student.run, just_train, given | {"epochs": n})[1] for n in (1, 1 + epochs))
        once = min(once, one)
        epoch = (more - once) / epochs
        if epochs > 8 and epoch <= limit:
            return
        if surely_over(more, once, limit * epochs):
            break
    raise CheckFailed(f"An epoch of 12 chunks takes {1000 * epoch:.0f} ms of CPU; {1000 * limit:.0f} ms is plenty.")


def numpy_seconds():
    """CPU seconds of NumPy for the products of one such epoch; the least of several, as noise only adds."""
    state, kernel = np.ones((8, 64), np.float32), np.full((64, 32), 0.01, np.float32)
    seconds = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(12 * 16 * 3):
            np.tanh(state @ kernel)
        seconds.append(time.process_time() - start)
    return min(seconds)
