"""Checks of 05_vmap: values and shapes first, then tracing, then speed."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from autograder.checks import CheckFailed, Lesson, agree, agree_on_all, call_stub, exercise, raising
from autograder.checks.compare import difference
from autograder.checks.growth import has_one_program
from autograder.checks.probes import call_jitted

LESSONS = {
    "python_loop": Lesson(
        "A Python loop becomes one long program",
        "Under `jit` a Python loop is unrolled: the program has a copy of the body for each row and takes ever longer "
        "to compile. `jax.vmap` gives one program in which every operation has one more axis.",
        "import jax, jax.numpy as jnp\n"
        "loop = lambda xs: jnp.stack([jnp.sin(x) for x in xs])\n"
        "for f in (loop, jax.vmap(jnp.sin)):\n"
        "    for n in (16, 32):\n"
        "        print(n, len(jax.make_jaxpr(f)(jnp.zeros(n)).eqns), 'operations')",
    ),
    "one_then_many": Lesson(
        "First the layer of one example",
        "For one example the layer is `relu(W @ x + b)`, with `x[in]` and a result `[out]`. "
        "`in_axes=(None, 0)` then shares `W` and `b` and runs over the rows of `xs`.",
        "import jax, jax.numpy as jnp\n"
        "W, xs = jnp.arange(6.0).reshape(2, 3), jnp.eye(3)\n"
        "print(jax.vmap(lambda W, x: W @ x, in_axes=(None, 0))(W, xs))",
    ),
    "weights_transposed": Lesson(
        "The rows of W belong to the outputs",
        "`W[out, in] @ x[in]` sums over `in`. With the batch in front that is `xs @ W.T`; "
        "`xs @ W` sums over `out`, which goes unnoticed where the sizes are equal.",
        "import jax.numpy as jnp\nW, x = jnp.array([[1.0, 2.0], [3.0, 4.0]]), jnp.array([1.0, 0.0])\n"
        "print(W @ x, x @ W)",
    ),
    "examples_mixed": Lesson(
        "One example must not see another",
        "An axis of the batch was summed over or lined up with an axis of the layer. "
        "Where the sizes are equal nothing complains. Under `vmap` the batch axis is out of reach.",
        "import jax.numpy as jnp\nW, xs = jnp.ones((2, 2)), jnp.array([[1.0, 2.0], [10.0, 20.0]])\n"
        "print(xs @ W.T)  # each row from its own example\nprint(W @ xs)  # each entry from both",
    ),
    "bias_inside_relu": Lesson(
        "Add the bias, then cut at zero",
        "The layer is `relu(W @ x + b)`: the bias moves the point at which the cut happens, and no output is negative.",
        "import jax, jax.numpy as jnp\nprint(jax.nn.relu(-2.0 + 1.0), jax.nn.relu(-2.0) + 1.0)",
    ),
    "digits_dropped": Lesson(
        "Half precision keeps two or three digits",
        "The arrays are float32. What float16 or bfloat16 has dropped on the way does not come back with a cast at the "
        "end.",
        "import jax.numpy as jnp\nx = jnp.float32(3.1234567)\n"
        "for half in (jnp.float16, jnp.bfloat16):\n    print(x, x.astype(half).astype(jnp.float32))",
    ),
    "kept_results": Lesson(
        "One shape, other numbers",
        "Two calls with arrays of one shape have different results. `jax.jit` keeps the compiled program of a shape; "
        "who keeps its result hands out old numbers.",
        "import jax, jax.numpy as jnp\nkept = {}\n"
        "total = lambda x: kept.setdefault(x.shape, x.sum())\n"
        "print(total(jnp.ones(3)), total(jnp.zeros(3)), jax.jit(jnp.sum)(jnp.zeros(3)))",
    ),
    "axis_of_size_one": Lesson(
        "An axis of size one is still an axis",
        "A batch of one has a result with a batch axis of one. `squeeze` removes axes by their size, not by their "
        "meaning.",
        "import jax.numpy as jnp\nprint(jnp.squeeze(jnp.ones((1, 3))).shape, jnp.squeeze(jnp.ones((1, 1))).shape)",
    ),
    "weights_copied": Lesson(
        "Shared arguments need no copies",
        "With a copy of the weights for each example every row has its own matrix product and all copies go through "
        "memory. `in_axes=None` shares them, and the whole batch becomes one matrix product.",
        "import jax, jax.numpy as jnp\n"
        "W, xs = jnp.ones((8, 8)), jnp.ones((100, 8))\n"
        "print(jax.make_jaxpr(jax.vmap(lambda W, x: W @ x, in_axes=(None, 0)))(W, xs))",
    ),
    "every_pair": Lesson(
        "Two maps make all pairs",
        "Map over `ys` with `x` fixed, then map that over `xs`: entry `[i, j]` belongs to `xs[i]` and `ys[j]`. "
        "One `vmap` over both walks them in step and sees the pairs `(i, i)` only.",
        "import jax, jax.numpy as jnp\n"
        "f = lambda x, y: 10 * x + y\n"
        "x, y = jnp.arange(2), jnp.arange(3)\n"
        "print(jax.vmap(jax.vmap(f, in_axes=(None, 0)), in_axes=(0, None))(x, y))",
    ),
    "pairs_transposed": Lesson(
        "The outer map comes first in the result",
        "The result is `[n, m]`, with the index of `xs` first. The outermost `vmap` makes the first axis "
        "(`out_axes=0`), so map over `xs` outside and over `ys` inside.",
        "import jax, jax.numpy as jnp\n"
        "f = lambda x, y: 10 * x + y\n"
        "x, y = jnp.arange(2), jnp.arange(3)\n"
        "print(jax.vmap(jax.vmap(f, (0, None)), (None, 0))(x, y).shape)",
    ),
    "squared_distance": Lesson(
        "The sum of the squared differences",
        "A squared distance is `sum((x - y)**2)` over the coordinates: no root, no mean, no factor, no absolute "
        "values.",
        "import jax.numpy as jnp\nd = jnp.array([3.0, 4.0])\nprint(jnp.sum(d**2), jnp.linalg.norm(d), jnp.mean(d**2))",
    ),
    "expanded_square": Lesson(
        "Subtract first, then square",
        "`|x|² - 2 x·y + |y|²` subtracts large numbers that are nearly equal, and what is left is their rounding "
        "error. The difference `x - y` is exact for nearby rows, and exactly zero for equal ones.",
        "import jax.numpy as jnp\n"
        "x = jnp.array([1000.1, 1000.2, 1000.3])\n"
        "y = x + 0.01\n"
        "print(x @ x - 2 * x @ y + y @ y, jnp.sum((x - y) ** 2))",
    ),
    "epsilon_is_a_distance": Lesson(
        "An epsilon is a distance too",
        "A small number guards a root or a division at 0. A squared distance needs neither, so an epsilon or a floor "
        "only moves the answer: equal rows are exactly 0 apart.",
        "import jax.numpy as jnp\nx = jnp.ones(3)\nprint(jnp.sum((x - x) ** 2), jnp.sum((x - x) ** 2) + 1e-12)",
    ),
    "diagonal_is_not_special": Lesson(
        "Rows are equal where they are equal",
        "`xs[i]` and `ys[i]` need not be the same row, and equal rows may sit anywhere. Zeros come by themselves "
        "where you subtract before you square.",
        "import jax.numpy as jnp\nxs, ys = jnp.array([[1.0], [2.0]]), jnp.array([[2.0], [5.0]])\n"
        "print(xs[:, None] - ys)",
    ),
    "root_at_zero": Lesson(
        "The slope of a root at zero is infinite",
        "The gradient of `sqrt(s)` at 0 is infinite, and infinity times zero is NaN: squaring afterwards does not "
        "mend it. A squared distance never needs the root.",
        "import jax, jax.numpy as jnp\n"
        "z = jnp.zeros(2)\n"
        "print(jax.grad(lambda d: jnp.linalg.norm(d) ** 2)(z), jax.grad(lambda d: jnp.sum(d**2))(z))",
    ),
    "whole_table_for_its_diagonal": Lesson(
        "Do not compute a table to keep its diagonal",
        "`diag(d @ d.T)` multiplies every row with every row and keeps one in `m`. The sum of `d * d` over the last "
        "axis is the diagonal alone.",
        "import jax.numpy as jnp\nd = jnp.ones((1000, 3))\n"
        "print((d @ d.T).size, 'numbers for', jnp.sum(d * d, -1).size)",
    ),
    "gradient_of_one": Lesson(
        "The gradient of one example, mapped",
        "`jax.grad(loss)` is the gradient for one example, a tree like `params`. With `in_axes=(None, 0, 0)` all "
        "examples share the parameters, and every leaf of the result gets a leading batch axis.",
        "import jax, jax.numpy as jnp\n"
        "loss = lambda w, x, y: (w * x - y) ** 2\n"
        "print(jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(2.0, jnp.arange(3.0), jnp.ones(3)))",
    ),
    "averaged_gradient": Lesson(
        "Averaging forgets the examples",
        "`grad` of a mean or a sum over the batch is one gradient for all. "
        "Per-example gradients differ from each other; their mean is the gradient of the mean loss.",
        "import jax, jax.numpy as jnp\n"
        "loss = lambda w, x: (w - x) ** 2\n"
        "xs = jnp.array([0.0, 4.0])\n"
        "print(jax.vmap(jax.grad(loss), (None, 0))(1.0, xs))\n"
        "print(jax.grad(lambda w: jnp.mean(loss(w, xs)))(1.0))",
    ),
    "scaled_by_the_batch": Lesson(
        "One example knows no batch size",
        "The gradient of one example's loss does not depend on how many other examples there are: divide by nothing.",
        "import jax, jax.numpy as jnp\n"
        "loss = lambda w, x: (w - x) ** 2\n"
        "for n in (1, 4):\n"
        "    print(jax.vmap(jax.grad(loss), (None, 0))(1.0, jnp.zeros(n)))",
    ),
    "gradient_of_the_data": Lesson(
        "Differentiate in the parameters",
        "`jax.grad` differentiates in argument 0 unless `argnums` says otherwise; here that is `params`. "
        "The result looks like the argument it belongs to.",
        "import jax\nf = lambda w, x: w * x\nprint(jax.grad(f)(2.0, 5.0), jax.grad(f, argnums=1)(2.0, 5.0))",
    ),
    "tree_in_tree_out": Lesson(
        "Gradients look like the parameters",
        "`params` may be any pytree and the gradients are the same one. `grad`, `vmap` and `jax.tree.map` handle "
        "trees, so nothing needs to be flattened, named or counted.",
        "import jax, jax.numpy as jnp\n"
        "loss = lambda p, x: p['a'] * x + p['b'][0]\n"
        "print(jax.vmap(jax.grad(loss), (None, 0))({'a': 1.0, 'b': (2.0,)}, jnp.arange(3.0)))",
    ),
    "rows_of_a_jacobian": Lesson(
        "Example i does not depend on example j",
        "The Jacobian of all losses runs backwards through the whole batch once for each example: work that grows "
        "with the square of the batch, for blocks that are zero. Map the gradient of one loss instead.",
        "import jax, jax.numpy as jnp\n"
        "loss = lambda w, x: jnp.sum(w * x)\n"
        "losses = lambda w, xs: jax.vmap(loss, (None, 0))(w, xs)\n"
        "w, xs = jnp.ones(3), jnp.ones((500, 3))\n"
        "print(str(jax.make_jaxpr(jax.jacrev(losses))(w, xs)).count('500,500'), 'arrays of 500 x 500')",
    ),
    "as_they_come": Lesson(
        "Arrays keep their dtype",
        "Words, classes and pixels are whole numbers, and the function that is mapped knows what to do with them. "
        "`vmap` hands them over and brings them back as they are.",
        "import jax, jax.numpy as jnp\n"
        "table, words = jnp.arange(6.0).reshape(3, 2), jnp.array([2, 0])\n"
        "print(jax.vmap(lambda word: table[word])(words), jax.vmap(jnp.argmax)(table))",
    ),
    "predict_is_for_one": Lesson(
        "`predict` knows one model",
        "`predict(params, x)` takes the parameters of one model. `vmap` over axis 0 of every leaf of `stacked` gives "
        "each call its own model; broadcasting inside `predict` fits by luck only.",
        "import jax, jax.numpy as jnp\n"
        "predict = lambda params, x: params['W'] @ x\n"
        "stacked = {'W': jnp.arange(12.0).reshape(3, 2, 2)}\n"
        "print(jax.vmap(predict, in_axes=(0, None))(stacked, jnp.ones(2)).shape)",
    ),
    "x_is_shared": Lesson(
        "Every model sees the same x",
        "`x` has no model axis: `in_axes=(0, None)` hands all of it to each model. "
        "Mapped over, model `i` sees row `i` only, and where the sizes agree nothing complains.",
        "import jax, jax.numpy as jnp\n"
        "predict = lambda w, x: w * jnp.sum(x)\n"
        "w, x = jnp.ones(3), jnp.arange(3.0)\n"
        "print(jax.vmap(predict, (0, None))(w, x), jax.vmap(predict, (0, 0))(w, x))",
    ),
    "one_answer_a_model": Lesson(
        "Each model answers for itself",
        "The result has one prediction a model, along axis 0. Averaging predictions comes later, and averaging "
        "parameters is another model altogether.",
        "import jax.numpy as jnp\nw, x = jnp.array([-1.0, 1.0]), 2.0\nprint(jnp.tanh(w * x), jnp.tanh(w.mean() * x))",
    ),
    "model_axis_first": Lesson(
        "The mapped axis comes out first",
        "`out_axes=0` puts the new axis in front: the result is `[models, ...]`. Another `out_axes` puts it elsewhere.",
        "import jax, jax.numpy as jnp\n"
        "f = lambda w: jnp.full(3, w)\n"
        "print(jax.vmap(f)(jnp.arange(2.0)).shape, jax.vmap(f, out_axes=1)(jnp.arange(2.0)).shape)",
    ),
    "own_start": Lesson(
        "Every row has its own start",
        "`lax.dynamic_slice_in_dim(x, start, width)` cuts one row at a start that may be traced. "
        "`vmap` over rows and starts together gives each row its own.",
        "import jax, jax.numpy as jnp\n"
        "from jax import lax\n"
        "cut = lambda x, start: lax.dynamic_slice_in_dim(x, start, 2)\n"
        "print(jax.vmap(cut)(jnp.arange(10).reshape(2, 5), jnp.array([0, 3])))",
    ),
    "window_clamped": Lesson(
        "The start is clamped, not the indices",
        "A window that would run over the end moves back until it fits: its start becomes `len - width`. "
        "Clamping each index would repeat the last entry; a modulo would wrap; a mask would fill.",
        "import jax.numpy as jnp\n"
        "from jax import lax\n"
        "x = jnp.arange(6)\n"
        "print(lax.dynamic_slice_in_dim(x, 5, 3), x[jnp.clip(5 + jnp.arange(3), 0, 5)])",
    ),
    "start_is_traced": Lesson(
        "A start can be data, a width cannot",
        "Under `jit` `x[s:s + width]` would need the numbers now. `lax.dynamic_slice` takes a traced start; only "
        "the width, which makes the shape, is fixed while tracing.",
        "import jax, jax.numpy as jnp\n"
        "from jax import lax\n"
        "print(jax.jit(lambda x, s: lax.dynamic_slice_in_dim(x, s, 2))(jnp.arange(5), 3))",
    ),
    "only_the_window": Lesson(
        "Touch the window, not the row",
        "Rolling, masking or multiplying by one-hot rows reads every entry of a row to keep `width` of them. "
        "A gather or a dynamic slice reads the window only.",
        "import jax.numpy as jnp\nwindows, rows = jnp.ones((1000, 16)), jnp.ones((1000, 4096))\n"
        "print(rows.size // windows.size)",
    ),
    "mean_over_the_mapped_axis": Lesson(
        "The batch is reached by its name",
        "Inside `vmap` `x` is one example and `jnp.mean(x)` is a mean over its features. "
        "`lax.pmean(x, axis_name)` is the mean over the mapped axis, feature by feature.",
        "import jax, jax.numpy as jnp\n"
        "xs = jnp.array([[1.0, 10.0], [3.0, 30.0]])\n"
        "print(jax.vmap(lambda x: jax.lax.pmean(x, 'rows'), axis_name='rows')(xs))",
    ),
    "sum_is_not_mean": Lesson(
        "`psum` adds, `pmean` averages",
        "A mean and a variance are averages over the mapped axis: `lax.pmean`, or `lax.psum` over the axis size.",
        "import jax, jax.numpy as jnp\n"
        "f = lambda x: (jax.lax.psum(x, 'i'), jax.lax.pmean(x, 'i'))\n"
        "print(jax.vmap(f, axis_name='i')(jnp.array([1.0, 3.0])))",
    ),
    "mean_zero": Lesson(
        "Take the mean off first",
        "Mean zero and variance one are two promises: centre the values, then divide the centred ones by their spread.",
        "import jax.numpy as jnp\nx = jnp.array([9.0, 11.0])\nprint(x / x.std(), (x - x.mean()) / x.std())",
    ),
    "divided_by_n_minus_one": Lesson(
        "The variance of what is there",
        "Unit variance here means that the squares of the results average to one: divide by `n`, not by `n - 1`. "
        "With `n - 1` a batch of one would be 0/0.",
        "import jax.numpy as jnp\nx = jnp.array([1.0, 3.0])\n"
        "print(jnp.var(x), jnp.var(x, ddof=1), jnp.var(x[:1], ddof=1))",
    ),
    "root_of_the_variance": Lesson(
        "Divide by the root of the variance",
        "The standard deviation is `sqrt(variance + eps)`. Dividing by the variance itself gives variance "
        "`1/variance`.",
        "import jax.numpy as jnp\nx = jnp.array([-4.0, 4.0])\nprint(x / jnp.sqrt(jnp.var(x)), x / jnp.var(x))",
    ),
    "eps_inside_the_root": Lesson(
        "eps belongs inside the root",
        "The divisor is `sqrt(variance + 1e-5)`. Outside the root, or with another eps, features of small spread come "
        "out at another size, and a constant feature may be divided by zero.",
        "import jax.numpy as jnp\nv = 1e-6\nprint(jnp.sqrt(v + 1e-5), jnp.sqrt(v) + 1e-5)",
    ),
    "centre_then_square": Lesson(
        "Centre first, then square",
        "`E[x²] - E[x]²` subtracts two large numbers where the mean is large; what is left is rounding error, even "
        "below zero. Average the squares of the centred values.",
        "import jax.numpy as jnp\n"
        "x = jnp.array([3000.1, 3000.4, 3000.7])\n"
        "print(jnp.mean(x**2) - jnp.mean(x) ** 2, jnp.mean((x - x.mean()) ** 2))",
    ),
    "axis_name_is_an_argument": Lesson(
        "The caller names the axis",
        "The name is whatever the caller wrote in `vmap(..., axis_name=...)`. With nested maps the name says which "
        "of them is meant.",
        "import jax, jax.numpy as jnp\n"
        "total = lambda x, name: jax.lax.psum(x, name)\n"
        "xs = jnp.arange(4.0).reshape(2, 2)\n"
        "for name in ('rows', 'columns'):\n"
        "    inner = jax.vmap(lambda x: total(x, name), axis_name='columns')\n"
        "    print(jax.vmap(inner, axis_name='rows')(xs))",
    ),
}

HINTS = {
    "batched_relu_layer": (
        "Forget the batch. Write the layer for one `x[in]`, then ask which arguments have a batch axis.",
        "`jax.vmap(layer, in_axes=(None, 0))`: `None` shares a whole pytree of parameters, `0` runs over rows.",
        "def layer(params, x):\n    W, b = params\n    return jax.nn.relu(W @ x + b)\n\n"
        "return jax.vmap(layer, in_axes=(None, 0))(params, xs)",
    ),
    "pairwise_sq_dists": (
        "Write the squared distance of one `x` and one `y`: subtract, then square. Then map it twice.",
        "One `vmap` over `ys` with `x` fixed, another around it over `xs`; or give both arrays an extra axis.",
        "def distance(x, y):\n    return jnp.sum((x - y) ** 2)\n\n"
        "to_all = jax.vmap(distance, in_axes=(None, 0))\nreturn jax.vmap(to_all, in_axes=(0, None))(xs, ys)",
    ),
    "per_example_grads": (
        "`jax.grad(loss)` is already right for one example.",
        "`jax.vmap` of it, with `in_axes` for three arguments: the parameters are shared.",
        "return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, xs, ys)",
    ),
    "ensemble_predict": (
        "Only the parameters have a model axis.",
        "An entry of `in_axes` may stand for a whole pytree: `0` means axis 0 of every leaf.",
        "return jax.vmap(predict, in_axes=(0, None))(stacked, x)",
    ),
    "slice_each": (
        "Cut one row at one start; then every row at its own.",
        "`jax.lax.dynamic_slice_in_dim` takes a traced start and clamps it. `vmap` over both rows and starts.",
        "def cut(x, start):\n    return jax.lax.dynamic_slice_in_dim(x, start, width)\n\n"
        "return jax.vmap(cut)(xs, starts)",
    ),
    "standardize": (
        "You hold one example; ask the others for their mean by the name of the axis.",
        "`jax.lax.pmean(value, axis_name)`, once for the mean and once for the centred squares.",
        "centred = xs - jax.lax.pmean(xs, axis_name)\n"
        "variance = jax.lax.pmean(centred**2, axis_name)\nreturn centred / jnp.sqrt(variance + 1e-5)",
    ),
}


def normal(rng, *shape):
    return np.asarray(rng.normal(size=shape), np.float32)


def grid(rng, *shape):
    """Multiples of 1/4 in [-2, 2]: sums of their products are exact in any order and at any matmul precision."""
    return (rng.integers(-8, 9, size=shape) / 4).astype(np.float32)


def digits(rng, *shape):
    """Multiples of 1/512 below 2: ten bits, more than bfloat16 has, and with sums of products as exact as those."""
    return (rng.integers(-1023, 1024, size=shape) / 512).astype(np.float32)


def other_numbers(student, reference, stub, make_args, **close):
    """Two plain calls with arrays of the same shapes and other numbers, `make_args()`."""
    first, second = make_args(), make_args()
    want = reference.run(call_stub, stub, *second)
    before, got = (student.run(call_stub, stub, *args) for args in (first, second))
    close = {"rtol": 1e-5, "atol": 1e-6} | close
    if difference(got, want, **close):
        if difference(got, before, **close):
            raise CheckFailed("Called once more, outside of `jit`, it comes out wrong.")
        raise CheckFailed("Of other numbers in arrays of the same shapes the same comes out.", lesson="kept_results")


@jax.tree_util.register_dataclass
@dataclass
class Line:
    """A pytree of a kind of its own."""

    slope: jax.Array
    offset: jax.Array


def height(params, x):
    """slope * x + offset, params = Line(slope, offset)"""
    return params.slope * x + params.offset


# batched_relu_layer


def layer_inputs(rng, batch, inputs, outputs):
    """Biases are odd multiples of 1/32, so that nothing sits exactly at the kink."""
    bias = ((2 * rng.integers(-24, 24, size=outputs) + 1) / 32).astype(np.float32)
    return (grid(rng, outputs, inputs), bias), grid(rng, batch, inputs)


def layer_over_groups(stubs, params, groups):
    """jit(vmap(batched_relu_layer, in_axes=(None, 0)))"""
    return jax.jit(jax.vmap(stubs.batched_relu_layer, in_axes=(None, 0)))(params, groups)


def layer_gradient(stubs, params, xs, weights):
    """grad of the weighted sum of batched_relu_layer, in params and xs"""
    return jax.jit(jax.grad(lambda p, x: jnp.sum(weights * stubs.batched_relu_layer(p, x)), (0, 1)))(params, xs)


def summed_layer(stubs):
    """jit: the sum over the batch of batched_relu_layer"""
    return jax.jit(lambda params, xs: stubs.batched_relu_layer(params, xs).sum(0))


def summed_layer_loop(stubs):
    one = jax.jit(lambda params, x: jnp.maximum(params[0] @ x + params[1], 0))
    return lambda params, xs: np.sum([one(params, x) for x in np.asarray(xs)], 0)


@exercise("batched_relu_layer", trait="values", points=7, lesson="one_then_many")
def test_batched_relu_layer_values(student, reference, rng):
    """Every row of `xs` goes through `relu(W @ x + b)`."""
    for sizes in ((5, 3, 4), (2, 6, 3)):
        agree(student, reference, "batched_relu_layer", *layer_inputs(rng, *sizes))
    (weights, bias), xs = layer_inputs(rng, 5, 3, 4)
    agree(student, reference, "batched_relu_layer", (weights, bias / 64), xs, lesson="digits_dropped")
    # Products of what float16 cannot hold.
    far = digits(rng, 4, 3) / 2**20, bias
    agree(student, reference, "batched_relu_layer", far, 2**20 * digits(rng, 5, 3), lesson="digits_dropped")
    agree(student, reference, "batched_relu_layer", (weights, bias), 64 * xs)
    other_numbers(student, reference, "batched_relu_layer", lambda: layer_inputs(rng, 5, 3, 4))


@exercise("batched_relu_layer", trait="values", points=2, lesson="examples_mixed")
def test_batched_relu_layer_sizes(student, reference, rng):
    """It holds for any sizes: equal ones, and ones of one."""
    for sizes in ((4, 4, 4), (3, 5, 3), (4, 4, 2), (1, 3, 1), (1, 1, 1)):
        lesson = "axis_of_size_one" if 1 in sizes else None
        agree(student, reference, "batched_relu_layer", *layer_inputs(rng, *sizes), lesson=lesson)


@exercise("batched_relu_layer", trait="trace", points=3)
def test_batched_relu_layer_trace(student, reference, rng):
    """`jit`, `vmap` and `grad` apply to it, and one program serves any batch."""
    params, groups = layer_inputs(rng, 6, 3, 4)
    agree(student, reference, layer_over_groups, params, groups.reshape(2, 3, 3))
    agree(student, reference, layer_gradient, params, groups, grid(rng, 6, 4), lesson="gradient_cut")
    one_layer_program(student, rng)


@exercise("batched_relu_layer", trait="speed", points=3, lesson="weights_copied")
def test_batched_relu_layer_speed(student, race, rng):
    """A batch of 1024 costs one matrix product."""
    one_layer_program(student, rng)
    weights = normal(rng, 128, 128), normal(rng, 128)
    race(
        summed_layer,
        inputs=lambda: (weights, normal(rng, 1024, 128)),
        baseline=summed_layer_loop,
        atol=1e-2,
        lesson="weights_copied",
    )


def one_layer_program(student, rng):
    has_one_program(
        student,
        "examples",
        lambda n: (call_stub, "batched_relu_layer", *layer_inputs(rng, n, 3, 4)),
        lesson="python_loop",
    )


# pairwise_sq_dists


def dists_over_groups(stubs, xs, ys):
    """jit(vmap(pairwise_sq_dists))"""
    return jax.jit(jax.vmap(stubs.pairwise_sq_dists))(xs, ys)


def dists_gradients(stubs, xs, ys, weights):
    """grad of the weighted sum of pairwise_sq_dists(xs, ys), in xs and ys"""
    return jax.jit(jax.grad(lambda x, y: jnp.sum(weights * stubs.pairwise_sq_dists(x, y)), (0, 1)))(xs, ys)


def self_dists_gradient(stubs, xs, weights):
    """grad of the weighted sum of pairwise_sq_dists(xs, xs)"""
    return jax.jit(jax.grad(lambda x: jnp.sum(weights * stubs.pairwise_sq_dists(x, x))))(xs)


def magnified_dists(stubs, xs):
    """1e10 * pairwise_sq_dists(xs, xs)"""
    return 1e10 * stubs.pairwise_sq_dists(xs, xs)


def nearest(stubs):
    """jit: for each row of xs the least of its pairwise_sq_dists"""
    return jax.jit(lambda xs, ys: stubs.pairwise_sq_dists(xs, ys).min(1))


def nearest_loop(stubs):
    one = jax.jit(lambda x, ys: jnp.min(jnp.sum((x - ys) ** 2, -1)))
    return lambda xs, ys: np.stack([one(x, ys) for x in np.asarray(xs)])


def _of_a_pair(student, x, y):
    """The idea that was missed where one pair is wrong; None where it is right."""
    found = student.pairwise_sq_dists(x, y)
    one = np.shape(found) == (1, 1) and not np.allclose(found, np.sum((x - y) ** 2), rtol=1e-5, atol=1e-6)
    return "squared_distance" if one else None


@exercise("pairwise_sq_dists", trait="values", points=8, lesson="every_pair")
def test_pairwise_sq_dists_values(student, reference, rng):
    """Entry `[i, j]` is the squared distance of `xs[i]` and `ys[j]`."""
    sizes = (5, 3, 2), (4, 4, 4), (2, 3, 1), (1, 1, 2)
    questions = [("pairwise_sq_dists", (grid(rng, n, d), grid(rng, m, d)), {}) for n, m, d in sizes]

    def lesson_of(_program, args, lesson):
        xs, ys = args
        return lesson or _of_a_pair(student, xs[:1], ys[:1])

    agree_on_all(student, reference, questions, lesson_of)
    other_numbers(student, reference, "pairwise_sq_dists", lambda: (grid(rng, 5, 2), grid(rng, 3, 2)))


@exercise("pairwise_sq_dists", trait="values", points=4, lesson="expanded_square")
def test_pairwise_sq_dists_zero(student, reference, rng):
    """Equal rows, and no others, are at distance exactly zero, and close rows keep their digits, far away too."""
    xs = 1000 + normal(rng, 6, 3)
    ys = np.concatenate([xs[[4, 0, 2]], xs[1:3] + 0.01 * normal(rng, 2, 3), 1000 + normal(rng, 2, 3)])
    # Two clusters: no centre is near both.
    sides = np.float32([[1000], [-1000]])
    both = np.repeat(sides, 3, axis=0) + grid(rng, 6, 3), np.repeat(sides, 2, axis=0) + grid(rng, 4, 3)
    tiny = 1e-5 * normal(rng, 6, 3)
    close = {"rtol": 1e-4, "atol": 0}
    questions = [
        ("pairwise_sq_dists", (xs, ys), close),
        ("pairwise_sq_dists", (xs, xs), close),
        ("pairwise_sq_dists", both, {"rtol": 5e-3, "atol": 0}),
        (magnified_dists, (tiny,), close | {"lesson": "diagonal_is_not_special"}),
    ]

    def lesson_of(_program, _args, lesson):
        zeros = np.zeros((1, 3), np.float32)  # of which no difference is rounded
        return "epsilon_is_a_distance" if np.any(student.pairwise_sq_dists(zeros, zeros)) else lesson

    agree_on_all(student, reference, questions, lesson_of)


@exercise("pairwise_sq_dists", trait="values", points=3, lesson="root_at_zero")
def test_pairwise_sq_dists_gradient(student, reference, rng):
    """Its gradient is finite and right, on equal rows too."""
    xs, others = grid(rng, 4, 3), grid(rng, 2, 3)
    ys = np.concatenate([xs[[2, 0]], others, xs[[1]]])
    close = {"rtol": 1e-4, "atol": 1e-4}
    questions = [(dists_gradients, (xs, ys, grid(rng, 4, 5)), close)]
    for points in (xs, grid(rng, 4, 1)):
        questions.append((self_dists_gradient, (points, grid(rng, 4, 4)), close))

    def lesson_of(program, args, lesson):
        cut = program is dists_gradients and not all(np.any(part) for part in student.run(program, *args))
        return "gradient_cut" if cut else lesson

    agree_on_all(student, reference, questions, lesson_of)


@exercise("pairwise_sq_dists", trait="trace", points=2)
def test_pairwise_sq_dists_trace(student, reference, rng):
    """`jit` and `vmap` apply to it, and one program serves any number of rows."""
    agree(student, reference, dists_over_groups, grid(rng, 2, 4, 3), grid(rng, 2, 5, 3))
    one_dists_program(student, rng)


@exercise("pairwise_sq_dists", trait="speed", points=3, on_gpu=True, lesson="whole_table_for_its_diagonal")
def test_pairwise_sq_dists_speed(student, race, rng):
    """A pair costs one pass over its coordinates."""
    one_dists_program(student, rng)
    race(
        nearest,
        inputs=lambda: (normal(rng, 128, 16), normal(rng, 1024, 16)),
        baseline=nearest_loop,
        lesson="whole_table_for_its_diagonal",
    )


def one_dists_program(student, rng):
    has_one_program(
        student,
        "rows",
        lambda n: (call_stub, "pairwise_sq_dists", normal(rng, n, 3), normal(rng, n + 1, 3)),
        lesson="python_loop",
    )


# per_example_grads


def squared_error(params, x, y):
    """0.5 * (w . x + b - y)**2 of one example"""
    return 0.5 * (jnp.sum(params["w"] * x) + params["b"] - y) ** 2


def softmax_loss(params, x, y):
    """cross-entropy of one example, params = (W[classes, features], b[classes])"""
    logits = jnp.sum(params[0] * x, -1) + params[1]
    return jax.nn.logsumexp(logits) - logits[y]


def network_loss(params, x, y):
    """squared error of a network of one example, params = {'layers': [(W, b), (), (W, b)], 'scale': s}"""
    (first, bias), _, (second, shift) = params["layers"]
    hidden = jnp.tanh(jnp.sum(first * x, -1) + bias)
    return jnp.sum((params["scale"] * (jnp.sum(second * hidden, -1) + shift) - y) ** 2)


def matrix_loss(params, x, y):
    """logistic loss of one example, a matrix x, with params one matrix"""
    return jnp.logaddexp(0.0, -y * jnp.sum(params * x))


def slope_loss(params, x, y):
    """squared error of one example, x and params numbers"""
    return (params * x - y) ** 2


def line_loss(params, x, y):
    """squared error of one example, params = Line(slope, offset)"""
    return (height(params, x) - y) ** 2


def words_loss(params, x, y):
    """squared error of one example, x being words, whole numbers that pick rows of the table params"""
    return (jnp.sum(params[x]) - y) ** 2


def network_params(rng, inputs, hidden, outputs):
    first = normal(rng, hidden, inputs), normal(rng, hidden)
    second = normal(rng, outputs, hidden), normal(rng, outputs)
    return {"layers": [first, (), second], "scale": normal(rng)}


def grads_jitted(stubs, loss, params, xs, ys):
    """jit(per_example_grads)(loss, params, xs, ys)"""
    return jax.jit(lambda p, x, y: stubs.per_example_grads(loss, p, x, y))(params, xs, ys)


def grads_of_a_line(stubs, slope, offset, xs, ys):
    """jit(per_example_grads)(loss, Line(slope, offset), xs, ys), Line being a dataclass that is a pytree"""
    grads = grads_jitted(stubs, line_loss, Line(slope, offset), xs, ys)
    return grads.slope, grads.offset


def grads_of_models(stubs, loss, stacked, xs, ys):
    """vmap over stacked params of per_example_grads(loss, params, xs, ys)"""
    return jax.jit(jax.vmap(lambda p: stubs.per_example_grads(loss, p, xs, ys)))(stacked)


def slope_of_grads(stubs, loss, params, xs, ys):
    """grad of the sum of squares of per_example_grads(loss, params, xs, ys) with respect to params"""

    def penalty(params):
        return sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(stubs.per_example_grads(loss, params, xs, ys)))

    return jax.grad(penalty)(params)


def largest_grads(stubs):
    """jit: the largest entry over the batch of per_example_grads"""

    def largest(params, xs, ys):
        return jax.tree.map(lambda g: jnp.max(g, 0), stubs.per_example_grads(network_loss, params, xs, ys))

    return jax.jit(largest)


def largest_grads_loop(stubs):
    one = jax.jit(jax.grad(network_loss))

    def largest(params, xs, ys):
        grads = [one(params, x, y) for x, y in zip(np.asarray(xs), np.asarray(ys), strict=True)]
        return jax.tree.map(lambda *g: np.max(g, 0), *grads)

    return largest


@exercise("per_example_grads", trait="values", points=9, lesson="gradient_of_one")
def test_per_example_grads_values(student, reference, rng):
    """Entry `i` of every leaf is the gradient of example `i` alone."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    linear = {"w": normal(rng, 3), "b": normal(rng)}
    agree(student, reference, "per_example_grads", squared_error, linear, normal(rng, 5, 3), normal(rng, 5), **close)
    weights, labels = (normal(rng, 4, 3), normal(rng, 4)), rng.integers(0, 4, size=6).astype(np.int32)
    agree(student, reference, "per_example_grads", softmax_loss, weights, normal(rng, 6, 3), labels, **close)
    other_numbers(
        student,
        reference,
        "per_example_grads",
        lambda: (squared_error, linear, normal(rng, 5, 3), normal(rng, 5)),
        **close,
    )


@exercise("per_example_grads", trait="values", points=3, lesson="tree_in_tree_out")
def test_per_example_grads_trees(student, reference, rng):
    """Any pytree of parameters, any shape and dtype of example, a batch of one, equal sizes."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    params = network_params(rng, 3, 4, 2)
    agree(student, reference, grads_jitted, network_loss, params, normal(rng, 5, 3), normal(rng, 5, 2), **close)
    cube, signs = normal(rng, 3, 3, 3), np.array([1, -1, 1], np.float32)
    agree(
        student, reference, grads_jitted, matrix_loss, normal(rng, 3, 3), cube, signs, **close, lesson="gradient_of_one"
    )
    agree(student, reference, grads_jitted, slope_loss, normal(rng), normal(rng, 4), normal(rng, 4), **close)
    agree(student, reference, grads_of_a_line, normal(rng), normal(rng), normal(rng, 6), normal(rng, 6), **close)
    linear = {"w": normal(rng, 3), "b": normal(rng)}
    agree(student, reference, grads_jitted, squared_error, linear, normal(rng, 1, 3), normal(rng, 1), **close)
    square, labels = (normal(rng, 4, 4), normal(rng, 4)), np.array([2, 0, 3, 0], np.int32)
    agree(student, reference, grads_jitted, softmax_loss, square, normal(rng, 4, 4), labels, **close)
    words = rng.integers(0, 6, size=(3, 2)).astype(np.int32)
    with raising("Exception", lesson="as_they_come"):
        agree(student, reference, grads_jitted, words_loss, normal(rng, 6, 2), words, normal(rng, 3), **close)


@exercise("per_example_grads", trait="trace", points=4)
def test_per_example_grads_trace(student, reference, rng):
    """`jit`, `vmap` and `grad` apply to it, and one program serves any batch."""
    data = normal(rng, 7, 3), normal(rng, 7)  # of a size that no call has had, so that what is kept of the first shows
    linear = {"w": normal(rng, 2, 3), "b": normal(rng, 2)}
    one = {name: leaf[0] for name, leaf in linear.items()}
    agree(student, reference, grads_jitted, squared_error, one, *data, rtol=1e-4, atol=1e-5)
    agree(student, reference, grads_of_models, squared_error, linear, *data, rtol=1e-4, atol=1e-5)
    once = squared_error, one, *data
    agree(student, reference, slope_of_grads, *once, rtol=1e-4, atol=1e-3, lesson="gradient_cut")
    one_grads_program(student, rng)


@exercise("per_example_grads", trait="speed", points=4, lesson="rows_of_a_jacobian")
def test_per_example_grads_speed(student, race, rng):
    """Twice the batch is twice the work."""
    one_grads_program(student, rng)
    params = network_params(rng, 16, 16, 1)
    race(
        largest_grads,
        inputs=lambda: (params, normal(rng, 512, 16), normal(rng, 512, 1)),
        baseline=largest_grads_loop,
        lesson="rows_of_a_jacobian",
    )


def one_grads_program(student, rng):
    linear = {"w": normal(rng, 3), "b": normal(rng)}
    has_one_program(
        student,
        "examples",
        lambda n: (call_stub, "per_example_grads", squared_error, linear, normal(rng, n, 3), normal(rng, n)),
        lesson="python_loop",
    )


# ensemble_predict


def affine(params, x):
    """tanh(W x + b) of one model, params = (W[out, in], b[out])"""
    return jnp.tanh(jnp.sum(params[0] * x, -1) + params[1])


def two_layers(params, x):
    """A network of one model, params = {'layers': ((W, b), (W, b)), 'scale': s}"""
    first, second = params["layers"]
    return params["scale"] * affine(second, affine(first, x))


def first_entries(params, x):
    """x[:n] scaled by the n entries of the one model's {'a': (a,)}"""
    return params["a"][0] * x[: len(params["a"][0])]


def cubic(params, x):
    """A polynomial of one model at the number x"""
    return jnp.polyval(params, x)


def line(params, x):
    """slope * x + offset of one model at all points of x"""
    return params["slope"] * x + params["offset"]


def next_word(params, x):
    """The likeliest word after the word x, by one model's table params"""
    return jnp.argmax(params[x])


def stacked_layers(rng, models, inputs, hidden, outputs):
    first = normal(rng, models, hidden, inputs), normal(rng, models, hidden)
    second = normal(rng, models, outputs, hidden), normal(rng, models, outputs)
    return {"layers": (first, second), "scale": normal(rng, models)}


def ensemble_of_lines(stubs, slopes, offsets, x):
    """ensemble_predict(predict, Line(slopes, offsets), x), Line being a dataclass that is a pytree"""
    return stubs.ensemble_predict(height, Line(slopes, offsets), x)


def ensemble_jitted(stubs, predict, stacked, x):
    """jit(ensemble_predict)(predict, stacked, x)"""
    return jax.jit(lambda s, x: stubs.ensemble_predict(predict, s, x))(stacked, x)


def ensemble_over_rows(stubs, predict, stacked, xs):
    """vmap over the rows of xs of ensemble_predict(predict, stacked, x)"""
    return jax.jit(jax.vmap(lambda x: stubs.ensemble_predict(predict, stacked, x)))(xs)


def ensemble_gradient(stubs, predict, stacked, x):
    """grad of the sum of squares of ensemble_predict, in stacked and x"""
    return jax.jit(jax.grad(lambda s, x: jnp.sum(stubs.ensemble_predict(predict, s, x) ** 2), (0, 1)))(stacked, x)


@exercise("ensemble_predict", trait="values", points=8, lesson="predict_is_for_one")
def test_ensemble_predict_values(student, reference, rng):
    """Entry `i` of the result is `predict` with model `i`, for any pytree of parameters."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    flat = normal(rng, 3, 2, 4), normal(rng, 3, 2)
    agree(student, reference, "ensemble_predict", affine, flat, normal(rng, 4), **close)
    agree(student, reference, "ensemble_predict", two_layers, stacked_layers(rng, 3, 4, 5, 2), normal(rng, 4), **close)
    other_numbers(
        student,
        reference,
        "ensemble_predict",
        lambda: (affine, (normal(rng, 3, 2, 4), normal(rng, 3, 2)), normal(rng, 4)),
        **close,
    )


@exercise("ensemble_predict", trait="values", points=3, lesson="x_is_shared")
def test_ensemble_predict_shared(student, reference, rng):
    """Every model sees the whole `x`; a single model keeps its axis, and a dataclass of parameters is a pytree too."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    agree(student, reference, "ensemble_predict", two_layers, stacked_layers(rng, 4, 4, 4, 4), normal(rng, 4), **close)
    lines = {"slope": normal(rng, 3), "offset": normal(rng, 3)}
    agree(student, reference, "ensemble_predict", line, lines, normal(rng, 3), **close)
    agree(student, reference, "ensemble_predict", line, lines, normal(rng, 3, 2), **close)
    agree(student, reference, "ensemble_predict", first_entries, {"a": (normal(rng, 3, 3),)}, normal(rng, 5), **close)
    agree(student, reference, "ensemble_predict", cubic, normal(rng, 4, 4), normal(rng), **close)
    single, x = stacked_layers(rng, 1, 3, 2, 1), normal(rng, 3)
    agree(student, reference, "ensemble_predict", two_layers, single, x, **close, lesson="axis_of_size_one")
    word = np.asarray(rng.integers(4), np.int32)
    with raising("Exception", lesson="as_they_come"):
        agree(student, reference, "ensemble_predict", next_word, normal(rng, 5, 4, 6), word, lesson="as_they_come")
    with raising("Exception", lesson="predict_is_for_one"):
        agree(student, reference, ensemble_of_lines, normal(rng, 3), normal(rng, 3), normal(rng), **close)


@exercise("ensemble_predict", trait="trace", points=4)
def test_ensemble_predict_trace(student, reference, rng):
    """`jit`, `vmap` and `grad` apply to it, and one program serves any number of models."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    models = stacked_layers(rng, 3, 4, 5, 2)
    agree(student, reference, ensemble_jitted, two_layers, models, normal(rng, 4), **close)
    agree(student, reference, ensemble_over_rows, two_layers, models, normal(rng, 3, 4), **close)
    agree(student, reference, ensemble_gradient, two_layers, models, normal(rng, 4), **close, lesson="gradient_cut")
    has_one_program(
        student,
        "models",
        lambda n: (call_stub, "ensemble_predict", cubic, normal(rng, n, 4), normal(rng)),
        lesson="python_loop",
    )


# slice_each


def slices_over_groups(stubs, xs, starts, width):
    """jit(vmap(slice_each, in_axes=(0, 0, None)))"""
    return jax.jit(jax.vmap(lambda x, s: stubs.slice_each(x, s, width)))(xs, starts)


def slices_gradient(stubs, xs, starts, width):
    """grad of the sum of squares of slice_each, in xs"""
    return jax.jit(jax.grad(lambda x: jnp.sum(stubs.slice_each(x, starts, width) ** 2)))(xs)


SIGNALS, SAMPLES, WIDTH = 4096, 1024, 16


def signals():
    return jnp.sin(jnp.arange(SIGNALS * SAMPLES, dtype=jnp.float32) ** 1.5).reshape(SIGNALS, SAMPLES)


def summed_slices(stubs):
    """jit: the sum over the rows of slice_each"""
    xs = signals()
    compiled = jax.jit(lambda xs, starts: stubs.slice_each(xs, starts, WIDTH).sum(0))
    return lambda starts: compiled(xs, starts)


def summed_slices_loop(stubs):
    xs = np.asarray(signals())

    def total(starts):
        firsts = [min(int(s), SAMPLES - WIDTH) for s in np.asarray(starts)]
        return np.stack([xs[i, s : s + WIDTH] for i, s in enumerate(firsts)]).sum(0)

    return total


def starts_in(rng, rows, stop):
    return rng.integers(0, stop, size=rows).astype(np.int32)


@exercise("slice_each", trait="values", points=6, lesson="own_start")
def test_slice_each_values(student, reference, rng):
    """Row `i` is `xs[i, starts[i] : starts[i] + width]`."""
    for batch, length, width in ((5, 9, 3), (4, 4, 2), (3, 6, 1)):
        starts = starts_in(rng, batch, length - width + 1)
        agree(student, reference, "slice_each", normal(rng, batch, length), starts, width)
    counts = rng.integers(0, 100, size=(6, 8)).astype(np.int32)
    agree(student, reference, "slice_each", counts, np.array([5, 0, 3, 1, 4, 2], np.int32), 3)
    other_numbers(student, reference, "slice_each", lambda: (normal(rng, 5, 9), starts_in(rng, 5, 7), 3))


@exercise("slice_each", trait="values", points=3, lesson="window_clamped")
def test_slice_each_clamp(student, reference, rng):
    """A start past `len - width` counts as `len - width`; large integers keep their digits."""
    last = 2**31 - 1
    for starts, length, width in (([4, 5, 6, 7, 8, last], 7, 3), ([0, 1, 3, 4], 4, 4), ([0, 2, 9], 3, 1), ([5], 4, 2)):
        xs = normal(rng, len(starts), length)
        agree(student, reference, "slice_each", xs, np.array(starts, np.int32), width)
    large = rng.integers(2**31, size=(6, 8)).astype(np.int32)
    agree(student, reference, "slice_each", large, starts_in(rng, 6, 8), 3, lesson="only_the_window")


@exercise("slice_each", trait="trace", points=3, lesson="start_is_traced")
def test_slice_each_trace(student, reference, rng):
    """The starts may be traced; `vmap` and `grad` apply; one program serves any batch and width."""
    xs, starts = normal(rng, 6, 9), starts_in(rng, 6, 9)
    # A width that no other check asks for: what a cache keeps of it is made under `jit`.
    agree(student, reference, call_jitted, "slice_each", xs, starts, 5, static_argnums=(2,), lesson="window_clamped")
    groups = xs.reshape(2, 3, 9), starts.reshape(2, 3)
    agree(student, reference, slices_over_groups, *groups, 5, lesson="window_clamped")
    agree(student, reference, slices_gradient, xs, starts, 5, lesson="gradient_cut")
    one_slice_program(student, rng)


@exercise("slice_each", trait="speed", points=3, lesson="only_the_window")
def test_slice_each_speed(student, race, rng):
    """The work grows with `width`, not with `len`."""
    one_slice_program(student, rng)
    race(
        summed_slices,
        inputs=lambda: (starts_in(rng, SIGNALS, SAMPLES),),
        baseline=summed_slices_loop,
        atol=1e-2,
        lesson="only_the_window",
    )


def one_slice_program(student, rng):
    has_one_program(
        student,
        "rows and columns",
        lambda n: (call_stub, "slice_each", normal(rng, n, 300), starts_in(rng, n, 300 - n), n),
        lesson="python_loop",
    )


# standardize


def standardized(stubs, xs, name):
    """vmap(lambda x: standardize(x, name), axis_name=name)"""
    return jax.vmap(lambda x: stubs.standardize(x, name), axis_name=name)(xs)


def standardized_columns(stubs, xs, name):
    """vmap(lambda x: standardize(x, name), in_axes=1, out_axes=1, axis_name=name)"""
    return jax.jit(jax.vmap(lambda x: stubs.standardize(x, name), in_axes=1, out_axes=1, axis_name=name))(xs)


def standardized_in_groups(stubs, xs, name):
    """vmap over axis 'groups' of vmap over axis 'rows' of standardize(x, name)"""
    rows = jax.vmap(lambda x: stubs.standardize(x, name), axis_name="rows")
    return jax.jit(jax.vmap(rows, axis_name="groups"))(xs)


def standardized_jitted(stubs, xs, name):
    """jit(vmap(lambda x: standardize(x, name), axis_name=name))"""
    return jax.jit(lambda xs: standardized(stubs, xs, name))(xs)


def standardized_gradient(stubs, xs, weights):
    """grad of the weighted sum of the standardized rows"""
    return jax.jit(jax.grad(lambda xs: jnp.sum(weights * standardized(stubs, xs, "batch"))))(xs)


def spread_out(rng, batch, features):
    """Around 3, every feature with a variance of 1 or more, so that no eps shows."""
    xs = 3 + 2 * np.sort(normal(rng, batch, features), axis=0)
    xs[0] -= 2
    xs[-1] += 2
    return rng.permuted(xs, axis=0)


def _of_standardized(got, xs):
    """The idea that was missed by what gives `got`, where that is known."""
    n, centred = len(xs), xs - xs.mean(0)
    variance = np.mean(centred**2, 0)
    known = {
        "mean_zero": (xs / np.sqrt(variance),),
        "root_of_the_variance": (centred, centred / variance),
        "centre_then_square": (centred / np.sqrt(np.mean(xs**2, 0)),),
        "sum_is_not_mean": (centred / np.sqrt(n * variance),),
        "divided_by_n_minus_one": (centred / np.sqrt(variance * n / (n - 1)),),
    }
    return next(
        (name for name, all in known.items() for one in all if np.allclose(got, one, rtol=1e-3, atol=1e-3)), None
    )


@exercise("standardize", trait="values", points=7, lesson="mean_over_the_mapped_axis")
def test_standardize_values(student, reference, rng):
    """Over the mapped axis every feature has mean zero and variance one."""
    sizes = (6, 3), (4, 4), (2, 5)
    questions = [(standardized, (spread_out(rng, *size), "batch"), {"rtol": 1e-4, "atol": 1e-5}) for size in sizes]

    def lesson_of(program, args, lesson):
        return lesson or _of_standardized(student.run(program, *args), args[0])

    agree_on_all(student, reference, questions, lesson_of)


@exercise("standardize", trait="values", points=3, lesson="eps_inside_the_root")
def test_standardize_extremes(student, reference, rng):
    """Small spreads, constant features, large means and a batch of one come out right."""
    small = 2e-3 * normal(rng, 8, 3)
    agree(student, reference, standardized, small, "batch", rtol=1e-3, atol=1e-5)
    constant = np.concatenate([np.full((8, 2), 3.25, np.float32), normal(rng, 8, 1)], 1)
    agree(student, reference, standardized, constant, "batch", rtol=1e-4, atol=1e-5)
    offset = np.float32([1000, -1000, 3000]) + grid(rng, 8, 3)
    agree(student, reference, standardized, offset, "batch", rtol=1e-4, atol=1e-4, lesson="centre_then_square")
    outlier = normal(rng, 60, 2)
    outlier[7, 1] = 100  # more than seven standard deviations
    agree(student, reference, standardized, outlier, "batch", rtol=1e-4, atol=1e-5, lesson="root_of_the_variance")
    alone = normal(rng, 1, 3)
    agree(student, reference, standardized, alone, "batch", atol=1e-5, lesson="divided_by_n_minus_one")
    broken = normal(rng, 7, 3)
    broken[2, 1] = np.nan
    agree(student, reference, standardized, broken, "batch", rtol=1e-4, atol=1e-5, lesson="nan_is_news")


@exercise("standardize", trait="values", points=2, lesson="axis_name_is_an_argument")
def test_standardize_axis_name(student, reference, rng):
    """The name decides which mapped axis is meant, whichever axis of the array it is."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    agree(student, reference, standardized, spread_out(rng, 5, 2), "i", **close)
    agree(student, reference, standardized_columns, spread_out(rng, 6, 3).T, "columns", **close)
    groups = normal(rng, 3, 4, 2) + np.float32([0, 4, 8])[:, None, None] + np.float32([0, 12, 4, 8])[:, None]
    for name in ("rows", "groups"):
        agree(student, reference, standardized_in_groups, groups, name, **close)


@exercise("standardize", trait="trace", points=3)
def test_standardize_trace(student, reference, rng):
    """`jit` and `grad` apply to it, and one program serves any batch."""
    xs = normal(rng, 6, 4)
    xs[:, 0] = 0
    agree(student, reference, standardized_jitted, xs, "batch", rtol=1e-4, atol=1e-5, lesson="eps_inside_the_root")
    once = normal(rng, 6, 4), normal(rng, 6, 4)
    agree(student, reference, standardized_gradient, *once, rtol=1e-3, atol=1e-4, lesson="gradient_cut")
    weights = normal(rng, 6, 4)
    agree(student, reference, standardized_gradient, xs, weights, rtol=1e-3, atol=1e-3, lesson="eps_inside_the_root")
    has_one_program(student, "examples", lambda n: (standardized, normal(rng, n, 3), "batch"), lesson="python_loop")
