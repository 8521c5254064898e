"""Checks of 01_prng: many answers are right, so nearly everything here is a law."""

import itertools
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, NamedTuple

import jax
import ml_dtypes
import numpy as np

from autograder.checks import CheckFailed, Key, Lesson, exercise
from autograder.checks.compare import show
from autograder.checks.growth import first_call_is_short
from autograder.checks.laws import are_uncorrelated, is_frequency, is_normal, is_uniform, z_correlation, z_mean
from autograder.checks.probes import call_jitted, program_size, reused_key
from autograder.checks.speed import cpu_cost
from autograder.verdict import Evidence

LESSONS = {
    "one_key_two_draws": Lesson(
        "A key is good for one draw",
        "A key is not a generator that moves on: the same key gives the same bits, and related draws from it are "
        "related. Split it first, one key for each draw.",
        "import jax\nkey = jax.random.key(0)\nprint(jax.random.normal(key), jax.random.normal(key))\n"
        "first, second = jax.random.split(key)\nprint(jax.random.normal(first), jax.random.normal(second))",
    ),
    "one_draw_for_many": Lesson(
        "Every entry needs a draw of its own",
        "One random number was spread over several entries. Ask for the whole shape in one call: each entry is then "
        "drawn on its own.",
        "import jax, jax.numpy as jnp\nkey = jax.random.key(0)\n"
        "print(jnp.broadcast_to(jax.random.normal(key, (3,)), (2, 3)))\nprint(jax.random.normal(key, (2, 3)))",
    ),
    "another_distribution": Lesson(
        "Random, but from another distribution",
        "The draws do not follow the distribution that was promised. Draw many and compare mean, spread and tails.",
        "import jax\nkey = jax.random.key(0)\n"
        "for draw in (jax.random.normal, jax.random.uniform):\n    x = draw(key, (10_000,))\n    print(x.mean(), "
        "x.std())",
    ),
    "made_to_fit": Lesson(
        "Chance fits only nearly",
        "N(0, 1) is the law of each entry: a sample's mean, spread or correlation come near to what the law says and "
        "never hit it. Numbers that are made to hit it know of each other.",
        "import jax\nfor key in jax.random.split(jax.random.key(0), 3):\n    x = jax.random.normal(key, (100,))\n"
        "    print(x.mean(), x.std())",
    ),
    "shape_or_dtype": Lesson(
        "The shape and the dtype are part of the promise",
        "What comes back is used by code that counts on the shape and dtype in the docstring.",
        "import jax\nx = jax.random.randint(jax.random.key(0), (3,), 1, 7)\nprint(x.shape, x.dtype)",
    ),
    "key_ignored": Lesson(
        "All randomness comes from the key",
        "Another key has to give other, unrelated draws. A key made inside the function, or one that is ignored, gives "
        "everybody the same.",
        "import jax\nfor seed in (0, 1):\n    print(jax.random.normal(jax.random.key(seed)))",
    ),
    "hidden_state": Lesson(
        "Same key, same draws",
        "A random function in JAX is a function: its result depends on its arguments and nothing else. NumPy's "
        "generator and global counters remember earlier calls.",
        "import jax, numpy as np\nkey = jax.random.key(0)\nprint(np.random.normal(), np.random.normal())\n"
        "print(jax.random.normal(key), jax.random.normal(key))",
    ),
    "not_traceable": Lesson(
        "A key can be traced like any array",
        "Under `jit` and `vmap` a key has no value yet. `jax.random` works on it all the same; Python's `int`, NumPy "
        "and lists of seeds do not.",
        "import jax\nkeys = jax.random.split(jax.random.key(0), 3)\n"
        "print(jax.jit(jax.vmap(lambda key: jax.random.normal(key, (2,))))(keys))",
    ),
    "upper_bound_excluded": Lesson(
        "The upper bound is excluded",
        "`randint(key, shape, low, high)` draws from `low` up to `high - 1`, as `range` does.",
        "import jax, jax.numpy as jnp\nx = jax.random.randint(jax.random.key(0), (1000,), 1, 6)\nprint(jnp.unique(x))",
    ),
    "unfair_dice": Lesson(
        "Each face has the same chance",
        "Rounding gives the two outer faces half an interval each, clipping gives them more than their share, and "
        "taking 256 values modulo 6 gives four faces one value more. Cut the range into six equal parts.",
        "import jax, jax.numpy as jnp\nu = jax.random.uniform(jax.random.key(0), (6000,))\n"
        "print(jnp.bincount(jnp.round(5 * u).astype(int)), jnp.bincount(jnp.floor(6 * u).astype(int)))",
    ),
    "a_deck_not_dice": Lesson(
        "Dice have no memory",
        "The faces come too evenly: a shuffled deck holds each face equally often, dice need not.",
        "import jax, jax.numpy as jnp\nkey = jax.random.key(0)\n"
        "print(jnp.bincount(jax.random.permutation(key, jnp.arange(60) % 6)))\n"
        "print(jnp.bincount(jax.random.randint(key, (60,), 0, 6)))",
    ),
    "unrolled_loop": Lesson(
        "A Python loop is copied into the program",
        "Under `jit` each pass of a Python loop adds its own operations, so the program grows with the length. Draw "
        "the whole array at once.",
        "import jax\ndef rolls(key, n):\n    return [jax.random.randint(k, (), 1, 7) for k in jax.random.split(key, "
        "n)]\n"
        "for n in (4, 8):\n    print(n, len(jax.make_jaxpr(rolls, static_argnums=1)(jax.random.key(0), n).jaxpr.eqns))",
    ),
    "kept_not_dropped": Lesson(
        "The rate counts what is dropped",
        "`rate` is the chance of becoming 0. `bernoulli(key, p)` is True with probability `p`, so what is kept has "
        "`1 - rate`.",
        "import jax\nrate = 0.2\nkept = jax.random.bernoulli(jax.random.key(0), 1 - rate, (1000,))\nprint(kept.mean())",
    ),
    "not_rescaled": Lesson(
        "What survives grows by 1/(1-rate)",
        "Dropping entries makes the sum smaller. Dividing the survivors by `1 - rate` keeps its expected value.",
        "import jax, jax.numpy as jnp\nx, rate = jnp.ones(1000), 0.5\n"
        "kept = jax.random.bernoulli(jax.random.key(0), 1 - rate, x.shape)\n"
        "print(jnp.where(kept, x, 0).mean(), jnp.where(kept, x / (1 - rate), 0).mean())",
    ),
    "shared_mask": Lesson(
        "Each entry has its own coin",
        "Entries are dropped together: one mask was used for several rows, columns or halves. Draw a mask of the "
        "shape of x.",
        "import jax, jax.numpy as jnp\nx, key = jnp.ones((4, 6)), jax.random.key(0)\n"
        "print(x * jax.random.bernoulli(key, 0.5, (6,)))\nprint(x * jax.random.bernoulli(key, 0.5, x.shape))",
    ),
    "fixed_number_dropped": Lesson(
        "The number of zeros is random too",
        "Independent entries give now more zeros, now fewer. The same number each time means that the entries know of "
        "each other.",
        "import jax\nfor key in jax.random.split(jax.random.key(0), 5):\n"
        "    print(int(jax.random.bernoulli(key, 0.5, (100,)).sum()))",
    ),
    "like_x": Lesson(
        "Dropout keeps shape, dtype and, at rate 0, everything",
        "A layer around it counts on getting back what it gave. A float32 mask times a bfloat16 array is float32.",
        "import jax.numpy as jnp\nx, mask = jnp.ones(3, jnp.bfloat16), jnp.array([True, False, True])\n"
        "print((x * mask.astype(jnp.float32)).dtype, jnp.where(mask, x, 0).dtype)",
    ),
    "rate_is_data": Lesson(
        "The rate may be traced",
        "`if rate == 0` and a static `rate` both need its value while JAX traces. Written with `jnp.where` and "
        "arithmetic, one program serves all rates, 0 included.",
        "import jax\nf = jax.jit(lambda key, rate: jax.random.bernoulli(key, 1 - rate, (8,)))\n"
        "for rate in (0.0, 0.5):\n    print(f(jax.random.key(0), rate))",
    ),
    "pairs_torn_apart": Lesson(
        "One permutation for both",
        "Each array was put in an order of its own, so examples lost their labels. Draw one permutation and index "
        "both with it.",
        "import jax, jax.numpy as jnp\nxs, ys = jnp.arange(5), jnp.arange(5) * 10\n"
        "order = jax.random.permutation(jax.random.key(0), 5)\nprint(xs[order], ys[order])",
    ),
    "rows_lost": Lesson(
        "A permutation has every row once",
        "Random indices repeat some rows and lose others. A permutation of the indices does neither, and moves whole "
        "rows of axis 0.",
        "import jax\nkey = jax.random.key(0)\nprint(jax.random.randint(key, (8,), 0, "
        "8))\nprint(jax.random.permutation(key, 8))",
    ),
    "some_orders_more_often": Lesson(
        "All n! orders are equally likely",
        "A rotation reaches only n orders, swapping each place with any other reaches some more often than others, and "
        "rows that are sorted by few random numbers stay as they were where these are equal.",
        "import jax, jax.numpy as jnp\nfrom collections import Counter\nkeys = jax.random.split(jax.random.key(0), "
        "600)\n"
        "orders = jax.vmap(lambda key: jax.random.permutation(key, 3))(keys)\nprint(Counter(map(tuple, "
        "orders.tolist())))",
    ),
    "array_changed": Lesson(
        "Only the order changes",
        "Integers, booleans and half floats go through a float detour changed, and arrays joined into one lose their "
        "dtypes. Indexing axis 0 keeps any rank and dtype.",
        "import jax.numpy as jnp\nx = jnp.array([2**24 + 1, 5])\n"
        "print(x.astype(jnp.float32).astype(jnp.int32), x[jnp.array([1, 0])])",
    ),
    "step_ignored": Lesson(
        "Each step has its own noise",
        "The noise of different steps has to be unrelated. `fold_in(key, step)` makes a new key of the key and a "
        "number.",
        "import jax\nkey = jax.random.key(0)\nfor step in range(3):\n"
        "    print(jax.random.normal(jax.random.fold_in(key, step)))",
    ),
    "seed_plus_step": Lesson(
        "Seeds that add up collide",
        "With seed + step, run 1 at step 2 and run 2 at step 1 get the same noise. `fold_in` hashes the pair, so no "
        "other pair gives the same key.",
        "import jax\nprint(jax.random.normal(jax.random.key(1 + 2)), jax.random.normal(jax.random.key(2 + 1)))\n"
        "fold = lambda seed, step: jax.random.fold_in(jax.random.key(seed), step)\n"
        "print(jax.random.normal(fold(1, 2)), jax.random.normal(fold(2, 1)))",
    ),
    "steps_run_together": Lesson(
        "Large steps must stay apart",
        "Some steps share their noise: a float32 cannot tell 2**24 from 2**24 + 1, an int16 wraps around, and a table "
        "of keys has an end (an index past it is clamped).",
        "import jax, jax.numpy as jnp\nprint(jnp.float32(2**24) == jnp.float32(2**24 + 1))\n"
        "keys = jax.random.split(jax.random.key(0), 10)\nprint(keys[50] == keys[9])",
    ),
    "walks_to_the_step": Lesson(
        "Jump to the step, do not walk there",
        "Splitting `step` times costs more the later the step. `fold_in(key, step)` costs the same for each.",
        "import jax\nprint(jax.random.fold_in(jax.random.key(0), 2**31 - 1))",
    ),
    "step_is_data": Lesson(
        "One program serves all steps",
        "In a compiled training loop the step is a traced value. `fold_in` takes one; `range(step)`, `split(key, "
        "step)` and Python's `int` do not.",
        "import jax\nf = jax.jit(lambda key, step: jax.random.normal(jax.random.fold_in(key, step)))\n"
        "print(f(jax.random.key(0), 3), f(jax.random.key(0), 4))",
    ),
    "same_key_twice": Lesson(
        "No two leaves share a key",
        "Two leaves got the same key, so whatever is drawn for them is equal. Split the key into as many as there "
        "are leaves.",
        "import jax\ntree = {'a': 1, 'b': (2, 3)}\nleaves, treedef = jax.tree.flatten(tree)\n"
        "print(jax.tree.unflatten(treedef, jax.random.split(jax.random.key(0), len(leaves))))",
    ),
    "parent_key_handed_out": Lesson(
        "A key that made keys is used up",
        "One leaf holds the key that another leaf's key was made of. Whoever splits the first gets the second.",
        "import jax\nkey = jax.random.key(0)\nchild = jax.random.split(key)[1]\n"
        "print(jax.random.split(key)[1] == child)  # so key and child are not independent",
    ),
    "structure_lost": Lesson(
        "Same structure, keys for leaves",
        "`jax.tree.flatten` gives the leaves and the structure of any tree, `jax.tree.unflatten` puts other leaves "
        "in. None is a tree without leaves, and so are `{}` and `()`.",
        "import jax\ntree = {'a': 1, 'b': (2, None)}\nleaves, treedef = jax.tree.flatten(tree)\n"
        "print(leaves, treedef, jax.tree.unflatten(treedef, ['x', 'y']))",
    ),
    "no_scalar_key": Lesson(
        "One scalar, typed key a leaf",
        "A leaf's key is what `jax.random.key` returns: a typed key of shape (). Its raw uint32 numbers, or a batch "
        "of keys, are something else.",
        "import jax\nkey = jax.random.key(0)\nprint(key.dtype, key.shape, jax.random.key_data(key).dtype)",
    ),
    "input_changed": Lesson(
        "The caller's tree is not yours",
        "Writing into the dict that came in changes it for the caller. Build a new tree.",
        "import jax\ntree = {'a': 1}\nnew = jax.tree.map(lambda leaf: leaf + 1, tree)\nprint(tree, new)",
    ),
}

HINTS = {
    "two_normals": (
        "A key gives one draw. You need two, so make two keys first.",
        "`jax.random.split(key)` returns two new keys; `jax.random.normal(key, shape)` draws.",
        "first, second = jax.random.split(key)\nreturn jax.random.normal(first, shape), ...",
    ),
    "roll_dice": (
        "Ask for all n rolls in one call.",
        "`jax.random.randint(key, shape, low, high)`: `high` itself never comes.",
        "return jax.random.randint(key, (n,), 1, ...)",
    ),
    "dropout": (
        "Toss one coin for each entry, keep or drop by it, and scale what stays.",
        "`jax.random.bernoulli(key, probability, shape)` is the coin, `jnp.where(mask, a, b)` chooses. No `if`: the "
        "rate may be traced.",
        "kept = jax.random.bernoulli(key, 1 - rate, x.shape)\nreturn jnp.where(kept, ..., 0).astype(x.dtype)",
    ),
    "shuffle_pairs": (
        "Do not shuffle the arrays: shuffle the row numbers, once.",
        "`jax.random.permutation(key, n)` is a random order of 0..n-1; indexing with it moves rows.",
        "order = jax.random.permutation(key, len(xs))\nreturn xs[order], ...",
    ),
    "noise_at": (
        "Make a new key of the key and the step, without walking there.",
        "`jax.random.fold_in(key, number)` takes a traced number and hashes both.",
        "return jax.random.normal(jax.random.fold_in(key, ...), shape)",
    ),
    "keys_like": (
        "Take the tree apart, make a key for each leaf, put it together again.",
        "`jax.tree.flatten(tree)` returns leaves and structure, `jax.tree.unflatten(structure, new_leaves)` is the "
        "way back.",
        "leaves, treedef = jax.tree.flatten(tree)\nkeys = jax.random.split(key, ...)\nreturn "
        "jax.tree.unflatten(treedef, list(keys))",
    ),
}


# Programs: they run next to the stubs.


def over_keys(stubs, stub, keys, *rest):
    """the stub with one key after another"""
    return [getattr(stubs, stub)(key, *rest) for key in keys]


def mapped(stubs, stub, keys, *rest):
    """jit of vmap of the stub over keys"""
    return jax.jit(jax.vmap(lambda key: getattr(stubs, stub)(key, *rest)))(keys)


def key_trouble(stubs, program, *args):
    """JAX's key-reuse checker on the stub"""
    try:
        return reused_key(stubs, program, *args)
    except Exception:  # the checker's own trouble is nobody's mark
        return ""


def one_pair(stubs, key):
    """two_normals(key, (5,))"""
    return stubs.two_normals(key, (5,))


def pairs_over_keys(stubs, keys, shape):
    """jit of vmap of two_normals over keys"""
    return jax.jit(jax.vmap(lambda key: tuple(stubs.two_normals(key, shape))))(keys)


def nine_rolls(stubs, key):
    """roll_dice(key, 9)"""
    return stubs.roll_dice(key, 9)


def rolls(stubs, key, n):
    """roll_dice(key, n)"""
    return stubs.roll_dice(key, n)


def half_dropped(stubs, key, x):
    """dropout(key, x, 0.5)"""
    return stubs.dropout(key, x, 0.5)


def at_rates(stubs, keys, x, rates):
    """jit of dropout with traced rates"""
    dropout = jax.jit(stubs.dropout)
    return [dropout(key, x, rate) for key, rate in zip(keys, rates, strict=True)]


def mapped_rates(stubs, keys, x, rates):
    """jit of vmap of dropout over keys and rates"""
    return jax.jit(jax.vmap(stubs.dropout, (0, None, 0)))(keys, x, rates)


def dropout_gradient(stubs, key, x, rate):
    """dropout and its gradient by x"""

    def total(x):
        y = stubs.dropout(key, x, rate)
        return y.sum(), y

    gradient, y = jax.jit(jax.grad(total, has_aux=True))(x)
    return y, gradient


def shuffled(stubs, key, xs, ys):
    """shuffle_pairs(key, xs, ys)"""
    return stubs.shuffle_pairs(key, xs, ys)


def noise_table(stubs, keys, steps, shape):
    """noise_at(key, step, shape) for all keys and steps"""
    return [[stubs.noise_at(key, step, shape) for step in steps] for key in keys]


def noise_by_step(stubs, keys, steps, shape):
    """one step after another, jit of vmap of noise_at over keys"""
    return jax.jit(
        lambda keys: [jax.vmap(lambda key, step=step: stubs.noise_at(key, step, shape))(keys) for step in steps]
    )(keys)


def noise_of_five(stubs, key):
    """noise_at(key, 3, (5,))"""
    return stubs.noise_at(key, 3, (5,))


def noise_mapped(stubs, key, steps, shape):
    """jit of vmap of noise_at over steps"""
    return jax.jit(jax.vmap(lambda step: stubs.noise_at(key, step, shape)))(steps)


def noise_scanned(stubs, key, steps, shape):
    """noise_at inside lax.scan over steps"""
    return jax.jit(lambda key, steps: jax.lax.scan(lambda c, step: (c, stubs.noise_at(key, step, shape)), 0, steps)[1])(
        key, steps
    )


def noise_compiled(stubs, shape):
    """jit of noise_at"""
    return jax.jit(lambda key, step: stubs.noise_at(key, step, shape))


class Layer(NamedTuple):
    weights: Any
    bias: Any


def grown(stubs, key, tree):
    """keys_like(key, tree), and whether its structure is that of the tree"""
    keys = stubs.keys_like(key, tree)
    return jax.tree.structure(keys) == jax.tree.structure(tree), keys


def grown_on_named_tuples(stubs, key):
    """keys_like(key, [Layer(1.0, None), {"rest": Layer(2.0, (3.0,))}])"""
    return grown(stubs, key, [Layer(1.0, None), {"rest": Layer(2.0, (3.0,))}])


@jax.tree_util.register_dataclass
@dataclass
class Dense:
    weights: Any
    bias: Any


def grown_on_classes(stubs, key):
    """keys_like(key, {"in": Dense(1.0, 2.0), "out": OrderedDict(b=3.0, a=4.0)}), with Dense a registered dataclass"""
    same, keys = grown(stubs, key, {"in": Dense(1.0, 2.0), "out": OrderedDict(b=3.0, a=4.0)})
    return same, jax.tree.leaves(keys)


def grown_elsewhere(stubs, key, tree):
    """keys_like(key, tree) where Python hashes strings as in another process"""
    names = getattr(stubs.keys_like, "__globals__", {"hash": None})
    if "hash" in names:
        return grown(stubs, key, tree)
    names["hash"] = lambda item: hash((item, "another")) if "'" in repr(item) else hash(item)
    try:
        return grown(stubs, key, tree)
    finally:
        del names["hash"]


def children(stubs, keys):
    """what splitting each key gives"""
    return [jax.random.split(key, 12) for key in keys]


def draw_each(stubs, key, tree):
    """a draw from each key of keys_like(key, tree)"""
    return [jax.random.normal(leaf) for leaf in jax.tree.leaves(stubs.keys_like(key, tree))]


def tree_after(stubs, key, tree):
    """the tree after keys_like(key, tree)"""
    stubs.keys_like(key, tree)
    return tree


# Helpers: they run in the judge.


def consecutive(rng, count):
    """Keys of neighbouring seeds, as people choose them."""
    start = int(rng.integers(2**31 - count))
    return [Key.seed(start + i) for i in range(count)]


def one_key(rng):
    return Key.seed(int(rng.integers(2**31)))


def counted_on(key):
    """The key whose numbers, both of them, are one more: where `key_data(key) + 1` leads."""
    return Key(key.data + np.uint32(1))


def together(keys):
    return Key(np.stack([key.data for key in keys]))


def fail(lesson, message, call="", expected="", got=None):
    evidence = Evidence(call=call, expected=expected, got=show(got)[:2000], where="") if call else None
    raise CheckFailed(message, lesson=lesson, evidence=evidence)


def is_array(got, shape, dtype, call, lesson="shape_or_dtype"):
    """`got` is an array of this shape and dtype."""
    expected = f"{np.dtype(dtype)}{list(shape)}"
    if not isinstance(got, np.ndarray):
        fail(lesson, "What came back is no array.", call, expected, got)
    if got.shape != tuple(shape):
        fail(lesson, f"The shape is {got.shape}; it should be {tuple(shape)}.", call, expected, got)
    if got.dtype != dtype:
        fail(lesson, f"The dtype is {got.dtype}; it should be {np.dtype(dtype)}.", call, expected, got)


def two_of(got, call, lesson="shape_or_dtype"):
    """A pair of arrays, however it is packed."""
    pair = isinstance(got, tuple | list) or (isinstance(got, np.ndarray) and got.ndim)
    if not pair or len(got) != 2:
        fail(lesson, "Two arrays were promised.", call, "a tuple of two arrays", got)
    return tuple(map(np.asarray, got)) if isinstance(got, np.ndarray) else (got[0], got[1])


def stack_of(got, shape, dtype, call):
    """A list of arrays, all as promised, as one array."""
    for array in got:
        is_array(array, shape, dtype, call)
    return np.stack(got)


def repeated(values):
    """How many values came before, up to sign. Of 10,000 float32 normals about ten do by chance."""
    return values.size - np.unique(np.abs(values)).size


def looks_normal(x, what, lesson="another_distribution"):
    """Moments, the shares of 32 equally likely intervals, and the tails."""
    is_normal(x, what, lesson=lesson)
    edges = [NormalDist().inv_cdf(i / 32) for i in range(1, 32)]
    is_uniform(np.digitize(x, edges), 32, f"The distribution of {what} over 32 equally likely intervals", lesson=lesson)
    is_frequency(np.abs(x) > 3, 2 * NormalDist().cdf(-3), f"The tail of {what} beyond 3", lesson=lesson)


def rows_are_free(rows, what):
    """Whether mean and spread of the rows are as free as independent entries make them: not 0 and 1 in all, say."""
    error = 1 / np.sqrt(rows.shape[1])
    if np.abs(rows.mean(1, dtype=np.float64)).max() < 0.05 * error:
        fail("made_to_fit", f"The mean of each array of {what} is 0, nearly to the last digit.")
    if np.abs(rows.std(1, dtype=np.float64) - 1).max() < 0.02 * error:
        fail("made_to_fit", f"The standard deviation of each array of {what} is 1, nearly to the last digit.")


@contextmanager
def unless_a_key_was_used_twice(student, program, key):
    """Draws from one key can follow any law: where one is used twice, that is what a law's failure teaches."""
    try:
        yield
    except CheckFailed as failure:
        trouble = student.run(key_trouble, program, key)
        if not trouble:
            raise
        message = f"{failure.message} The reason may be that a key is used twice. JAX says: {trouble}"
        raise CheckFailed(message, lesson="one_key_two_draws", evidence=failure.evidence) from failure


def neighbours_are_free(arrays, what):
    """Whether the entries of each array, one along axis 0, are unrelated to the next ones along each axis."""
    for axis in range(1, arrays.ndim):
        along = np.moveaxis(arrays, axis, 0)
        are_uncorrelated(along[1:], along[:-1], f"Neighbours in {what}", lesson="one_draw_for_many")


def strongest_correlation(rows):
    """The largest correlation of two rows, in standard errors, and which two."""
    centred = rows - rows.mean(1, keepdims=True)
    norm = np.sqrt((centred**2).sum(1, keepdims=True))
    unit = centred / np.where(norm == 0, 1, norm)
    gram = np.abs(np.triu(unit @ unit.T, 1)) * np.sqrt(rows.shape[1])
    i, j = np.unravel_index(int(gram.argmax()), gram.shape)
    return float(gram[i, j]), int(i), int(j)


# two_normals


@exercise("two_normals", trait="law", points=7)
def test_two_normals_law(student, rng):
    """Two independent arrays of N(0, 1) numbers, other ones for another key."""
    for shape in ((), (2,), (2, 3, 4)):
        call = f"two_normals(key, {shape})"
        for array in two_of(student.two_normals(one_key(rng), shape), call):
            is_array(array, shape, np.float32, call)
    keys, call = consecutive(rng, 4), "two_normals(key, (50, 40))"
    keys.append(counted_on(keys[-1]))
    pairs = [two_of(got, call) for got in student.run(over_keys, "two_normals", keys, (50, 40))]
    for array in stack_of([*itertools.chain(*pairs)], (50, 40), np.float32, call):
        if repeated(array) > 100:
            fail("one_draw_for_many", "Entries of one array are equal.", call, "2000 different numbers", array)
    for a, b in pairs:
        if repeated(np.stack([a, b])) > 500:
            fail(
                "one_key_two_draws", "The second array has the numbers of the first.", call, "unrelated arrays", (a, b)
            )
    a, b = (np.stack(arrays) for arrays in zip(*pairs, strict=True))
    if repeated(np.stack([a, b])) > 1000:
        fail("key_ignored", "Different keys gave the same numbers.", call, "other numbers for each key", list(a))
    with unless_a_key_was_used_twice(student, one_pair, keys[0]):
        looks_normal(np.stack([a, b]), "what comes back")
        for what, x in (("the first array", a), ("the second array", b)):
            is_normal(x, what, lesson="another_distribution")
    both = np.concatenate([a, b])
    rows_are_free(both.reshape(-1, 2000), "normals")
    neighbours_are_free(both, "an array of normals")
    # Made 0 with their means taken off, or without.
    if max(min(abs(z_correlation(a, b)), abs((a * b).mean()) * 2000**0.5) for a, b in pairs) < 0.02:
        fail("made_to_fit", "The correlation of the two arrays is 0 for each key, nearly to the last digit.")
    are_uncorrelated(a, b, "The two arrays", lesson="one_key_two_draws")
    are_uncorrelated(a**2, b**2, "The squares of the two arrays", lesson="one_key_two_draws")


@exercise("two_normals", trait="keys", points=3, lesson="one_key_two_draws")
def test_two_normals_keys(student, rng):
    """No key is used twice."""
    trouble = student.run(key_trouble, one_pair, one_key(rng))
    if trouble:
        raise CheckFailed(f"A key is used twice. JAX says: {trouble}")


@exercise("two_normals", trait="pure", points=2, lesson="hidden_state")
def test_two_normals_pure(student, rng):
    """The same key gives the same arrays, whatever was called before."""
    one, two = consecutive(rng, 2)
    results = student.run(over_keys, "two_normals", [one, two, one], (6,))
    first, _, again = (two_of(got, "two_normals(key, (6,))") for got in results)
    if not all(np.array_equal(x, y) for x, y in zip(first, again, strict=True)):
        fail(None, "The same call gave other numbers.", "two_normals(key, (6,))", show(first), again)


@exercise("two_normals", trait="trace", points=3, lesson="not_traceable")
def test_two_normals_trace(student, rng):
    """It works under `jit` and under `vmap` over keys."""
    keys = consecutive(rng, 1000)
    plain = student.two_normals(keys[0], (20, 5))
    traced = student.run(call_jitted, "two_normals", keys[0], (20, 5), static_argnums=(1,))
    call = "jit(two_normals)(key, (20, 5))"
    plain, traced = (stack_of(two_of(got, call), (20, 5), np.float32, call) for got in (plain, traced))
    if not np.allclose(plain, traced, rtol=1e-4, atol=1e-5):
        fail(None, "Under `jit` other numbers come back.", call, show(plain), traced)
    call = "vmap(two_normals)(keys, (20, 10))"
    many = student.run(pairs_over_keys, together(keys), (20, 10))
    many = stack_of(two_of(many, call), (1000, 20, 10), np.float32, call)
    if repeated(many[:, :20]) > 100:
        fail("one_key_two_draws", "Under `vmap` over keys numbers repeat.", call, "no repeats", many[0, :, 0])
    looks_normal(many, "what comes back under `vmap`")
    if np.abs(many).max() < 4:
        fail("another_distribution", f"Of {many.size} numbers about 25 should be beyond 4, and none is.")
    for shape in ((), (4,)):
        call = f"vmap(two_normals)(keys, {shape})"
        few = stack_of(
            two_of(student.run(pairs_over_keys, together(keys), shape), call), (1000, *shape), np.float32, call
        )
        looks_normal(few, f"what {call} gives")


# roll_dice


@exercise("roll_dice", trait="law", points=5)
def test_roll_dice_law(student, rng):
    """n fair, independent rolls in 1..6."""
    for n in (1, 7):
        is_array(student.roll_dice(one_key(rng), n), (n,), np.int32, f"roll_dice(key, {n})")
    keys, call = consecutive(rng, 12), "roll_dice(key, 600)"
    keys.append(counted_on(keys[-1]))
    dice = stack_of(student.run(over_keys, "roll_dice", keys, 600), (600,), np.int32, call)
    if (dice[1:] == dice[:-1]).mean() > 0.5:
        fail("key_ignored", "Different keys gave the same rolls.", call, "other rolls for each key", dice[:3])
    if (dice[:, 1:] == dice[:, :-1]).mean() > 0.5:
        fail("one_draw_for_many", "Neighbouring rolls are equal.", call, "600 rolls of their own", dice[0])
    if (dice[1:, :-1] == dice[:-1, 1:]).mean() > 0.5:
        fail("seed_plus_step", "A key's rolls are the next key's, one place on.", call, "unrelated rolls", dice[:2])
    with unless_a_key_was_used_twice(student, nine_rolls, keys[0]):
        faces_are_fair(dice, call)
    equal = (
        ("one_draw_for_many", "Neighbouring rolls are equal", dice[:, 1:] == dice[:, :-1]),
        ("one_draw_for_many", "Rolls two apart are equal", dice[:, 2:] == dice[:, :-2]),
        ("one_draw_for_many", "First and second half are equal", dice[:, 300:] == dice[:, :300]),
        ("one_draw_for_many", "Rolls of the same distance to both ends are equal", (dice == dice[:, ::-1])[:, :300]),
        ("key_ignored", "Rolls of the same place under neighbouring keys are equal", dice[1:] == dice[:-1]),
        ("seed_plus_step", "A key's rolls are the next key's, one place on", dice[1:, :-1] == dice[:-1, 1:]),
    )
    for lesson, what, hits in equal:
        is_frequency(hits, 1 / 6, f"“{what}”", lesson=lesson)
    counts = np.stack([(dice == face).sum(1) for face in range(1, 7)])
    chi2, freedom = float(((counts - 100) ** 2 / 100).sum()), 5 * len(keys)
    if chi2 < freedom - 5 * np.sqrt(2 * freedom):
        fail(
            "a_deck_not_dice",
            "Each face comes nearly the same number of times.",
            call,
            "counts that vary",
            counts[:, 0],
        )
    if chi2 > freedom + 7 * np.sqrt(2 * freedom):
        fail("one_draw_for_many", "Rolls of one call resemble each other.", call, "independent rolls", dice[0])


def faces_are_fair(dice, call):
    outside = (dice < 1) | (dice > 6)
    if outside.any():
        value = int(dice[outside][0])
        fail("upper_bound_excluded", f"{value} is no face of a die.", call, "numbers in 1..6", dice[0])
    counts = np.bincount(dice.ravel(), minlength=7)[1:]
    if not counts[5]:
        fail("upper_bound_excluded", "No 6 ever comes.", call, "all of 1..6", dice[0])
    is_uniform(dice - 1, 6, "The die", lesson="unfair_dice")


@exercise("roll_dice", trait="keys", points=2, lesson="one_key_two_draws")
def test_roll_dice_keys(student, rng):
    """No key is used twice."""
    trouble = student.run(key_trouble, nine_rolls, one_key(rng))
    if trouble:
        raise CheckFailed(f"A key is used twice. JAX says: {trouble}")


@exercise("roll_dice", trait="trace", points=3, lesson="not_traceable")
def test_roll_dice_trace(student, rng):
    """It works under `jit` and `vmap`, and more rolls make no longer program."""
    keys = consecutive(rng, 10_000)  # so many that random bytes modulo 6 show
    plain = student.roll_dice(keys[0], 50)
    traced = student.run(call_jitted, "roll_dice", keys[0], 50, static_argnums=(1,))
    if not np.array_equal(plain, traced):
        fail(None, "Under `jit` other rolls come back.", "jit(roll_dice)(key, 50)", show(plain), traced)
    small, large = (student.run(program_size, rolls, keys[0], n) for n in (16, 32))
    if large > small + 12:
        fail("unrolled_loop", f"The program of 16 rolls has {small} operations, of 32 rolls {large}.")
    few, many = ((rolls, keys[0], n) for n in (16, 2048))
    first_call_is_short(student, few, many, lesson="unrolled_loop")
    many = student.run(mapped, "roll_dice", together(keys), 100)
    is_array(many, (10_000, 100), np.int32, "vmap(roll_dice)(keys, 100)")
    faces_are_fair(many, "vmap(roll_dice)(keys, 100)")
    is_frequency(many[1:] == many[:-1], 1 / 6, "Under `vmap`, “rolls of two keys are equal”", lesson="key_ignored")


# dropout


def away_from_zero(rng, *shape):
    x = rng.normal(size=shape)
    return (x + np.sign(x) * 0.2).astype(np.float32)


def follows_dropout(got, x, rate, call):
    """Each entry is 0 or x/(1-rate), and as many are 0 as promised."""
    is_array(got, x.shape, x.dtype, call)
    kept = got != 0
    if not np.allclose(got[kept], x[kept] / (1 - rate), rtol=1e-4):
        expected = "0 or x / (1 - rate), for x = " + show(x)
        if not np.isfinite(got).all():
            fail("not_rescaled", "There are values that are not finite.", call, expected, got)
        by_rate = np.allclose(got[kept], x[kept] / max(rate, 1e-9), rtol=1e-4)
        lesson = "kept_not_dropped" if by_rate else "not_rescaled"
        fail(lesson, "What is not 0 is not x / (1 - rate) either.", call, expected, got)
    if x.ndim > 1 and x.size > 1000 and rate:
        for axis in range(x.ndim):
            slices = np.moveaxis(~kept, axis, 0).reshape(x.shape[axis], -1)
            if len(np.unique(slices, axis=0)) < len(slices) / 2:
                fail("shared_mask", f"Along axis {axis} all is dropped alike.", call, "a coin for each entry", got)
    if x.size > 100:
        swapped = abs(z_mean(~kept, 1 - rate, np.sqrt(rate * (1 - rate)) + 1e-6)) < 5 and rate != 0.5
        lesson = "kept_not_dropped" if swapped else "shared_mask"
        is_frequency(~kept, rate, f"A zero in {call}", lesson=lesson)


@exercise("dropout", trait="law", points=8)
def test_dropout_law(student, rng):
    """A share `rate` of the entries is 0, the others are x / (1 - rate)."""
    for shape in ((60, 50), (5, 5), (), (2, 3, 4), (20, 12, 10)):
        for rate in (0.2, 0.75, 0.97):
            x = away_from_zero(rng, *shape)
            got = student.dropout(one_key(rng), x, rate)
            follows_dropout(got, x, rate, f"dropout(key, x, {rate}) with x of shape {shape}")


def is_dropped(student, key, n, rate):
    """Which of n entries dropout sets to 0."""
    got = student.dropout(key, np.ones(n, np.float32), rate)
    is_array(got, (n,), np.float32, f"dropout(key, ones({n}), {rate})")
    return got == 0


@exercise("dropout", trait="law", points=3)
def test_dropout_independent(student, rng):
    """Each entry is dropped on its own, as often as promised, and anew for each key."""
    rate, keys, call = 0.4, consecutive(rng, 120), "dropout(key, x, 0.4)"
    x = away_from_zero(rng, 8, 12)
    outputs = student.run(over_keys, "dropout", keys, x, rate)
    masks = stack_of(outputs, x.shape, np.float32, call) == 0
    repeats = len(keys) - len(np.unique(masks.reshape(len(keys), -1), axis=0))
    if repeats:
        fail("key_ignored", "Different keys dropped the same entries.", call, "another mask for each key", outputs[0])
    often = masks.mean(0)
    if np.abs(often - rate).max() > 5.5 * np.sqrt(rate * (1 - rate) / len(keys)):
        fail("shared_mask", "Some entries are dropped more often than others.", call, f"{rate} everywhere", often)
    are_uncorrelated(masks[1:], masks[:-1], "Masks of neighbouring keys", lesson="key_ignored")
    z, i, j = strongest_correlation(masks.reshape(len(keys), -1).T.astype(np.float64))
    if z > 6.5:
        first, second = (tuple(int(k) for k in np.unravel_index(n, x.shape)) for n in (i, j))
        message = f"The entries {first} and {second} are dropped together, or never together."
        fail("shared_mask", message, call, "a coin for each entry", outputs[0])
    for what, axes in (("a row", 2), ("a column", 1), ("an array", (1, 2))):
        zeros = masks.sum(axes)
        each = masks[0].size * len(keys) // zeros.size
        spread = ((zeros - each * rate) ** 2).mean() / (each * rate * (1 - rate))
        z = (spread - 1) / np.sqrt(2 / zeros.size)
        if not -5 < z < 6.5:
            lesson = "fixed_number_dropped" if z < 0 else "shared_mask"
            fail(lesson, f"The number of zeros in {what} varies too {'little' if z < 0 else 'much'}.", call, "", zeros)
    zeros = is_dropped(student, one_key(rng), 20_000, 0.5)
    runs = np.packbits(np.lib.stride_tricks.sliding_window_view(zeros, 64), axis=1)
    if len(np.unique(runs, axis=0)) < len(runs):
        fail("shared_mask", "Of 20,000 entries, 64 in a row are dropped in the pattern of 64 others.")
    zeros = is_dropped(student, one_key(rng), 200_000, 0.002)
    is_frequency(zeros, 0.002, "A zero at rate 0.002", lesson="another_distribution")


@exercise("dropout", trait="law", points=2, lesson="like_x")
def test_dropout_like_x(student, rng):
    """Rate 0 returns x itself; shape and dtype are kept."""
    for shape in ((5, 5), (), (0, 3)):
        x = away_from_zero(rng, *shape)
        got = student.dropout(one_key(rng), x, 0.0)
        is_array(got, shape, np.float32, "dropout(key, x, 0.0)", "like_x")
        if not np.array_equal(got, x):
            fail("like_x", "Rate 0 changes x.", "dropout(key, x, 0.0)", show(x), got)
    for dtype in (np.float16, ml_dtypes.bfloat16):
        x = away_from_zero(rng, 5, 5).astype(dtype)
        got = student.dropout(one_key(rng), x, 0.5)
        call = f"dropout(key, x, 0.5) with x of {np.dtype(dtype)}"
        is_array(got, x.shape, dtype, call, "like_x")
        wide = got.astype(np.float32)
        if not (np.isclose(wide, 2 * x.astype(np.float32), rtol=1e-2) | (wide == 0)).all():
            fail("like_x", "The values are neither 0 nor 2 x.", call, "0 or 2 x for x = " + show(x), got)


@exercise("dropout", trait="keys", points=2, lesson="one_key_two_draws")
def test_dropout_keys(student, rng):
    """No key is used twice."""
    trouble = student.run(key_trouble, half_dropped, one_key(rng), away_from_zero(rng, 4, 3))
    if trouble:
        raise CheckFailed(f"A key is used twice. JAX says: {trouble}")


@exercise("dropout", trait="trace", points=5, lesson="rate_is_data")
def test_dropout_trace(student, rng):
    """It works under `jit`, `vmap` and `grad` with a traced rate, 0 included."""
    keys, x = consecutive(rng, 4), away_from_zero(rng, 40, 30)
    rates = (0.0, 0.3, 0.5, 0.8)
    for rate, got in zip(rates, student.run(at_rates, keys, x, list(rates)), strict=True):
        follows_dropout(got, x, rate, f"jit(dropout)(key, x, {rate})")
        if rate == 0 and not np.array_equal(got, x):
            fail("like_x", "A traced rate of 0 changes x.", "jit(dropout)(key, x, 0.0)", show(x), got)
    many = student.run(mapped_rates, together(keys), x, np.array(rates, np.float32))
    is_array(many, (4, 40, 30), np.float32, "vmap(dropout)(keys, x, rates)")
    for rate, got in zip(rates, many, strict=True):
        follows_dropout(got, x, rate, f"vmap(dropout)(keys, x, rates) at rate {rate}")
    pair = student.run(dropout_gradient, keys[1], x, np.float32(0.25))
    y, gradient = stack_of(pair, x.shape, np.float32, "grad of dropout(key, x, 0.25).sum()")
    if not np.allclose(gradient * x, y, rtol=1e-4, atol=1e-5):
        fail(None, "The gradient by x is not 1 / (1 - rate) for what is kept, else 0.")


# shuffle_pairs


def order_of(shuffled, original):
    """Which row of `original` each row of `shuffled` is; -1 for none. The rows of `original` differ."""
    rows, wanted = (a.reshape(len(a), -1) for a in (shuffled, original))
    same = (rows[:, None] == wanted[None]).all(-1)
    return np.where(same.any(1), same.argmax(1), -1)


def follows_one_order(got, xs, ys, call, lesson="rows_lost"):
    """Both arrays, each row once, in one order, which is returned."""
    new_xs, new_ys = two_of(got, call, lesson)
    orders = []
    for new, old in ((new_xs, xs), (new_ys, ys)):
        is_array(new, old.shape, old.dtype, call, lesson)
        order = order_of(new, old)
        if not np.array_equal(np.sort(order), np.arange(len(old))):
            fail(lesson, "The rows are not all there, each once.", call, "the rows of\n" + show(old), new)
        orders.append(order)
    if not np.array_equal(*orders):
        fail(
            "pairs_torn_apart",
            "Rows that belonged together do not any more.",
            call,
            "one order for both",
            tuple(orders),
        )
    return orders[0]


@exercise("shuffle_pairs", trait="law", points=6)
def test_shuffle_pairs_law(student, rng):
    """Both arrays have their rows in the same new order."""
    shapes = (((12, 5), (12,)), ((9, 9), (9, 9)), ((9, 2, 3), (9, 4)))
    for shape_x, shape_y in shapes:
        xs, ys = (rng.normal(size=shape).astype(np.float32) for shape in (shape_x, shape_y))
        call = f"shuffle_pairs(key, xs, ys) with shapes {shape_x} and {shape_y}"
        results = student.run(over_keys, "shuffle_pairs", consecutive(rng, 3), xs, ys)
        orders = [follows_one_order(got, xs, ys, call) for got in results]
        if any(np.array_equal(order, np.arange(len(xs))) for order in orders):
            fail("some_orders_more_often", "The rows stayed where they were.", call, "another order", results[0])
        if len({tuple(order) for order in orders}) == 1:
            fail("key_ignored", "Different keys gave the same order.", call, "another order for each key", orders)


@exercise("shuffle_pairs", trait="law", points=3, lesson="some_orders_more_often")
def test_shuffle_pairs_uniform(student, rng):
    """Every order is equally likely."""
    call, rows = "vmap(shuffle_pairs)(keys, arange(4), arange(4))", np.arange(4, dtype=np.int32)
    got = two_of(student.run(mapped, "shuffle_pairs", together(consecutive(rng, 24_000)), rows, rows), call)
    orders, _ = stack_of(got, (24_000, 4), np.int32, call)
    index = {order: i for i, order in enumerate(itertools.permutations(range(4)))}
    seen = [index.get(tuple(order), -1) for order in orders.tolist()]
    if min(seen) < 0:
        fail("rows_lost", "Under `vmap` the orders are no permutations.", call, "orders of 0..3", orders)
    is_uniform(np.array(seen), 24, "The order of 4 rows")
    n, call = 5000, "shuffle_pairs(key, arange(5000), arange(5000))"
    rows = np.arange(n, dtype=np.int32)
    order, _ = two_of(student.shuffle_pairs(one_key(rng), rows, rows), call)
    is_array(order, (n,), np.int32, call)
    if not np.array_equal(np.sort(order), rows):
        fail("rows_lost", "The rows are not all there, each once.", call, "0..4999 in some order", order)
    stayed, rising = int((order == rows).sum()), int((np.diff(order) > 0).sum())
    if stayed > 20 or abs(rising - (n - 1) / 2) > 5 * np.sqrt((n + 1) / 12):
        message = f"Of {n} rows {stayed} stayed in place, and {rising} are followed by a later one."
        fail(None, message, call, "about 1, and about half of them", order)


@exercise("shuffle_pairs", trait="law", points=2, lesson="array_changed")
def test_shuffle_pairs_any_array(student, rng):
    """Any rank and dtype go in and come out, a single row too."""
    big = rng.permutation(np.arange(2**31 - 12, 2**31 - 1)).astype(np.int32)
    half = rng.permutation(np.arange(11)).astype(np.float16)
    cases = [
        (big, half),
        ((big % 256).astype(np.uint8), half.astype(ml_dtypes.bfloat16)[:, None]),
        ((half * (1 + 2j)).astype(np.complex64), rng.normal(size=(11, 2, 1, 3)).astype(np.float32)),
        (np.eye(11, dtype=bool), -big),
        (big[:1], np.eye(3, dtype=np.float32)[None]),
    ]
    for xs, ys in cases:
        call = f"shuffle_pairs(key, xs, ys) with {xs.dtype}{list(xs.shape)} and {ys.dtype}{list(ys.shape)}"
        follows_one_order(student.shuffle_pairs(one_key(rng), xs, ys), xs, ys, call, "array_changed")


@exercise("shuffle_pairs", trait="keys", points=2, lesson="one_key_two_draws")
def test_shuffle_pairs_keys(student, rng):
    """No key is used twice."""
    trouble = student.run(key_trouble, shuffled, one_key(rng), np.arange(6), np.arange(12).reshape(6, 2))
    if trouble:
        raise CheckFailed(f"A key is used twice. JAX says: {trouble}")


@exercise("shuffle_pairs", trait="trace", points=2, lesson="not_traceable")
def test_shuffle_pairs_trace(student, rng):
    """It works under `jit`, and longer arrays make no longer program."""
    xs, ys, key = np.arange(20), np.arange(40).reshape(20, 2), one_key(rng)
    call = "jit(shuffle_pairs)(key, xs, ys)"
    plain = two_of(student.shuffle_pairs(key, xs, ys), call)
    traced = two_of(student.run(call_jitted, "shuffle_pairs", key, xs, ys), call)
    if not all(np.array_equal(a, b) for a, b in zip(plain, traced, strict=True)):
        fail(None, "Under `jit` another order comes back.", call, show(plain), traced)
    small, large = (student.run(program_size, shuffled, key, np.arange(n), np.arange(n)) for n in (16, 32))
    if large > small + 12:
        fail("unrolled_loop", f"The program for 16 rows has {small} operations, for 32 rows {large}.")
    few, many = ((shuffled, key, np.arange(n), np.arange(n)) for n in (16, 1000))
    first_call_is_short(student, few, many, lesson="unrolled_loop")


# noise_at


@exercise("noise_at", trait="law", points=9)
def test_noise_at_law(student, rng):
    """N(0, 1) numbers that depend on the key and the step, and on nothing else."""
    for shape in ((), (3, 3), (2, 3, 4)):
        got, call = student.noise_at(one_key(rng), 3, shape), f"noise_at(key, 3, {shape})"
        is_array(got, shape, np.float32, call)
        if not np.isfinite(got).all():
            fail("another_distribution", "Some of it is no number.", call, "numbers", got)
    keys, steps, call = [one_key(rng) for _ in range(3)], [0, 1, 2, 3, 10, 100, 999], "noise_at(key, step, (25, 20))"
    table = student.run(noise_table, keys, steps, (25, 20))
    noise = np.stack([stack_of(row, (25, 20), np.float32, call) for row in table])
    if repeated(noise[0, 0]) > 25:
        fail("one_draw_for_many", "Entries of one array are equal.", call, "500 different numbers", noise[0, 0])
    for row in noise:
        if repeated(row) > 250:
            fail(
                "step_ignored",
                "Different steps gave the same numbers.",
                call,
                "other numbers for each step",
                row[:3, 0],
            )
    if repeated(noise) > 250:
        fail("key_ignored", "Different keys gave the same numbers.", call, "other numbers for each key", noise[:, 0, 0])
    with unless_a_key_was_used_twice(student, noise_of_five, keys[0]):
        looks_normal(noise, "the noise")
    rows_are_free(noise.reshape(21, 500), "noise")
    neighbours_are_free(noise.reshape(21, 25, 20), "an array of noise")
    again = student.noise_at(keys[0], steps[1], (25, 20))
    if not np.array_equal(again, noise[0, 1]):
        fail("hidden_state", "The same call gave other numbers.", call, show(noise[0, 1]), again)


@exercise("noise_at", trait="law", points=4)
def test_noise_at_independent(student, rng):
    """No step of one key resembles any step of another, nor its own neighbours."""
    keys, steps = consecutive(rng, 10), list(range(12))
    high, low = (2 * int(n) for n in rng.integers(1, 2**16, 2))
    words = ((high, low), (high + 1, low), (high + 1, low + 1), (low, high), (0, high + low))
    keys += [Key(np.array(pair, np.uint32)) for pair in words]
    columns, call = student.run(noise_by_step, together(keys), steps, (256,)), "vmap(noise_at)(keys, step, (256,))"
    noise = stack_of(columns, (len(keys), 256), np.float32, call).swapaxes(0, 1)
    z, i, j = strongest_correlation(noise.reshape(-1, 256).astype(np.float64))
    alike = first_alike(noise.reshape(len(keys) * len(steps), -1))
    i, j = alike or (i, j)
    if alike or z > 6.8:
        (one, this), (other, that) = (divmod(n, len(steps)) for n in (i, j))
        lesson = "step_ignored" if one == other else "seed_plus_step" if this != that else "key_ignored"
        message = (
            f"The noise of {show(keys[one])} at step {this} is related to that of {show(keys[other])} at step {that}."
        )
        fail(
            lesson, message, "noise_at(key, step, (256,))", "unrelated numbers", (noise[one, this], noise[other, that])
        )
    for what, sums in (("steps", noise.sum(1) / np.sqrt(12)), ("keys", noise.sum(0) / np.sqrt(15))):
        lesson = "step_ignored" if what == "steps" else "seed_plus_step"
        is_normal(sums, f"the sum over {what}", lesson=lesson)


def first_alike(rows):
    """The first two rows that share a quarter of their values up to sign, or None."""
    size = rows.shape[1]
    values = np.abs(rows)
    if repeated(values) < size // 4:
        return None
    owner: dict[float, int] = {}
    shared: dict[tuple[int, int], int] = {}
    for i, row in enumerate(values.tolist()):
        for value in set(row):
            first = owner.setdefault(value, i)
            if first != i:
                shared[first, i] = shared.get((first, i), 0) + 1
    return next((pair for pair, count in shared.items() if count >= size // 4), None)


@exercise("noise_at", trait="law", points=3, lesson="step_is_data")
def test_noise_at_any_step(student, rng):
    """Each step up to 2^31 - 1 has its own noise, for the same work."""
    key = one_key(rng)
    compiled = student.run(noise_compiled, (64,))
    compiled(key, 1)
    _, seconds = cpu_cost(student, compiled, key, 2**24)
    if seconds > 0.2:
        fail("walks_to_the_step", f"Step 2**24 takes {seconds:.1f} s of work, step 1 nearly none.")
    steps = [0, 1, 2, 2**8, 2**16, 2**16 + 1, 2**24, 2**24 + 1, 2**30, 2**31 - 2, 2**31 - 1]
    steps += [10**digits for digits in range(2, 10)]  # shorter periods than a power of two come to mind
    (row,) = student.run(noise_table, [key], steps, (64,))
    noise = stack_of(row, (64,), np.float32, "noise_at(key, step, (64,))")
    alike = first_alike(noise)
    if alike:
        one, other = (steps[i] for i in alike)
        fail("steps_run_together", f"The steps {one} and {other} share their noise.")
    is_normal(noise, "the noise of large steps", lesson="another_distribution")
    single = student.run(noise_mapped, key, np.arange(2000, dtype=np.int32), ())
    is_array(single, (2000,), np.float32, "vmap(noise_at)(key, steps, ())")
    looks_normal(single, "the noise of single numbers")
    # Any distance up to 25 million lies between two of these: noise that comes again after so many steps shows.
    steps = np.unique([*range(5000), *range(0, 5000**2, 5000)]).astype(np.int32)
    noise = student.run(noise_mapped, key, steps, (4,))
    is_array(noise, (len(steps), 4), np.float32, "vmap(noise_at)(key, steps, (4,))")
    sizes, times = np.unique(np.abs(noise), axis=0, return_counts=True)
    if times.max() > 1:
        one, other = steps[(np.abs(noise) == sizes[times.argmax()]).all(1)][:2]
        fail("steps_run_together", f"The steps {one} and {other} share their noise.")
    looks_normal(noise, "the noise of four numbers")


@exercise("noise_at", trait="trace", points=4, lesson="step_is_data")
def test_noise_at_trace(student, rng):
    """One compiled program serves all steps, in `vmap` and `scan` too, with the same numbers."""
    key, steps = one_key(rng), [0, 5, 7, 1000, 70_000]
    compiled = student.run(noise_compiled, (6,))
    array = np.array(steps, np.int32)
    ways = {
        "jit(noise_at)": stack_of([compiled(key, step) for step in steps], (6,), np.float32, "jit(noise_at)"),
        "jit(vmap(noise_at)) over steps": student.run(noise_mapped, key, array, (6,)),
        "noise_at inside lax.scan": student.run(noise_scanned, key, array, (6,)),
    }
    (row,) = student.run(noise_table, [key], steps, (6,))
    plain = stack_of(row, (6,), np.float32, "noise_at(key, step, (6,))")
    for way, got in ways.items():
        is_array(got, (5, 6), np.float32, way)
        if not np.allclose(got, plain, rtol=1e-4, atol=1e-5):
            fail(None, "A traced step gives other numbers.", way, show(plain), got)


# keys_like


def leaves_of(tree):
    """The keys in a tree that came back, in its own order."""
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in leaves_of(value)]
    if isinstance(tree, tuple | list):
        return [leaf for value in tree for leaf in leaves_of(value)]
    return [] if tree is None else [tree]


def keys_of(student, key, tree, count):
    """The leaves of `keys_like(key, tree)`, which are `count` scalar keys in the tree's structure."""
    return scalar_keys(*student.run(grown, key, tree), count, f"keys_like(key, {outline(tree)})", outline(tree))


def outline(tree):
    """A tree with dots for its leaves."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{k!r}: {outline(v)}" for k, v in tree.items()) + "}"
    if isinstance(tree, tuple | list):
        inner = ", ".join(map(outline, tree)) + ("," if isinstance(tree, tuple) and len(tree) == 1 else "")
        return f"({inner})" if isinstance(tree, tuple) else f"[{inner}]"
    return "None" if tree is None else "•"


def scalar_keys(same, got, count, call, expected):
    leaves = leaves_of(got)
    wrong = [leaf for leaf in leaves if not isinstance(leaf, Key) or leaf.data.ndim != 1]
    if len(leaves) == count and wrong:
        fail("no_scalar_key", "A leaf is no scalar typed key.", call, f"{expected} with keys for •", wrong[0])
    if not same or len(leaves) != count:
        fail("structure_lost", "The structure is not that of the tree.", call, f"{expected} with keys for •", got)
    return leaves


def are_distinct(keys, message, lesson="same_key_twice"):
    if len({tuple(key.data.tolist()) for key in keys}) < len(keys):
        raise CheckFailed(message, lesson=lesson)


def zeros(*shape):
    return np.zeros(shape, np.float32)


def small_tree():
    return {"layers": [(zeros(2, 2), zeros(2)), (zeros(2, 2), zeros(2))], "head": {"w": zeros(2), "b": zeros(2)}}


@exercise("keys_like", trait="law", points=9)
def test_keys_like_law(student, rng):
    """The tree comes back with a key of its own for each leaf."""
    trees = [
        ({"w": zeros(2), "b": zeros(2)}, 2),
        ([zeros(3), zeros(3), zeros(3)], 3),
        (small_tree(), 6),
        ({"a": {"w": zeros(1), "b": 0.0}, "b": {"w": zeros(1), "b": 0.0}}, 4),
    ]
    for tree, count in trees:
        leaves = keys_of(student, one_key(rng), tree, count)
        are_distinct(leaves, f"Two leaves of keys_like(key, {outline(tree)}) have the same key.")
    one, other = (keys_of(student, key, small_tree(), 6) for key in consecutive(rng, 2))
    if any(np.array_equal(a.data, b.data) for a, b in zip(one, other, strict=True)):
        fail("key_ignored", "Another key gave the same keys.")


@exercise("keys_like", trait="law", points=4, lesson="structure_lost")
def test_keys_like_any_structure(student, rng):
    """A single leaf, empty trees, None, tuples and named tuples keep their structure."""
    trees = [
        (zeros(3), 1),
        (1.5, 1),
        ({}, 0),
        ((), 0),
        ([], 0),
        ({"a": {}, "b": ((), None)}, 0),
        ((zeros(2),), 1),
        ({"a": None, "b": (zeros(2), [zeros(2), {"c": (zeros(2), None)}])}, 3),
        ({"a": {"bc": 0.0}, "ab": {"c": 0.0}, "abc": 0.0}, 3),
        ({"a": {"b": 0.0}, "a/b": 0.0, "a.b": 0.0, "a_b": 0.0, "a-b": 0.0, "a b": 0.0}, 6),
        ([[[0.0], 0.0], [[0.0]]], 3),
        ({2: 0.0, 1: (0.0, 0.0)}, 3),
        ([0.0] * 40, 40),
    ]
    for tree, count in trees:
        are_distinct(keys_of(student, one_key(rng), tree, count), f"Two leaves of {outline(tree)[:200]} share a key.")
    for empty in ({}, (), []):
        got = student.keys_like(one_key(rng), empty)
        if type(got) is not type(empty):
            fail(None, "An empty tree does not come back as it is.", f"keys_like(key, {empty})", repr(empty), got)
    for program, count in ((grown_on_named_tuples, 3), (grown_on_classes, 4)):
        call = program.__doc__
        are_distinct(scalar_keys(*student.run(program, one_key(rng)), count, call, call), "Two leaves share a key.")


@exercise("keys_like", trait="keys", points=4, lesson="same_key_twice")
def test_keys_like_keys(student, rng):
    """The keys are unrelated: to each other, to what is made of them, and to those of other keys."""
    high, low = (int(n) for n in rng.integers(1, 2**16, 2))
    parents = [*consecutive(rng, 20), Key(np.array((high, low), np.uint32)), Key(np.array((high + 1, low), np.uint32))]
    parents.append(counted_on(parents[0]))
    families = [keys_of(student, parent, small_tree(), 6) for parent in parents]
    everyone = [key for family in families for key in family]
    are_distinct(everyone, "Neighbouring keys make some of the same keys: seeds that add up collide.", "seed_plus_step")
    words = np.array([key.data for key in everyone], np.uint64)
    varying = sum(int(word).bit_count() for word in np.bitwise_or.reduce(words ^ words[0]))
    if varying < 28:
        fail("same_key_twice", f"The keys are picked from 2^{varying} at most: some of many leaves will share one.")
    family = families[0]
    later = {tuple(k) for keys in student.run(children, family) for k in keys.data.tolist()}
    if later & {tuple(key.data.tolist()) for key in family}:
        fail("parent_key_handed_out", "Splitting the key of one leaf gives the key of another.")
    trouble = student.run(key_trouble, draw_each, parents[0], small_tree())
    if trouble:
        fail("parent_key_handed_out", f"After one draw a leaf, a key is used twice. JAX says: {trouble}")


@exercise("keys_like", trait="pure", points=3, lesson="hidden_state")
def test_keys_like_pure(student, rng):
    """The same key gives the same keys, and the tree stays as it was."""
    one, two = consecutive(rng, 2)
    first, _, again = ([k.data for k in keys_of(student, key, small_tree(), 6)] for key in (one, two, one))
    if not np.array_equal(first, again):
        fail("hidden_state", "The same call gave other keys.", "keys_like(key, tree)", show(first), again)
    _, elsewhere = student.run(grown_elsewhere, one, small_tree())
    if not np.array_equal(first, [k.data for k in leaves_of(elsewhere)]):
        fail(None, "Python's `hash` of a string is another one in each process, and these keys are made of it.")
    tree = {"a": zeros(2) + 3, "b": [zeros(2) + 4, {"c": zeros(1)}]}
    after = student.run(tree_after, one, tree)
    if leaves_of(after) and any(not isinstance(leaf, np.ndarray) for leaf in leaves_of(after)):
        fail("input_changed", "The tree that came in holds keys now.", "keys_like(key, tree)", show(tree), after)
    if outline(after) != outline(tree):
        fail("input_changed", "The tree that came in has changed.", "keys_like(key, tree)", show(tree), after)
