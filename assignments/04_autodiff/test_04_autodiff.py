"""Checks of 04_autodiff: derivatives of every kind, and what they may cost."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from autograder.checks import CheckFailed, Key, Lesson, Raw, StudentError, agree, agree_on_all, exercise, raising
from autograder.checks.growth import has_one_program
from autograder.checks.probes import array_sizes, count_traces, operation_counts, temporary_bytes

LESSONS = {
    "order_off_by_one": Lesson(
        "n derivatives are n applications of grad",
        "`f` itself is the derivative of order 0: nothing is applied to it. Each `jax.grad` adds exactly one order.",
        "import jax\nf = lambda x: x**3\nprint(f(2.0), jax.grad(f)(2.0), jax.grad(jax.grad(f))(2.0))",
    ),
    "taylor_coefficient": Lesson(
        "A Taylor coefficient is a derivative over n!",
        "The series of `f` around `x` has the terms `f⁽ⁿ⁾(x)/n! hⁿ`; the derivative is that without the `1/n!`.",
        "import jax\nthird = jax.grad(jax.grad(jax.grad(lambda x: x**3)))\n"
        "print(third(1.0), 'and 6/3! =', third(1.0) / 6)",
    ),
    "finite_differences": Lesson(
        "Differences of float32 numbers are mostly noise",
        "`f(x+h) - f(x)` loses the leading digits that the two share. Autodiff knows the derivative of every operation "
        "and subtracts nothing.",
        "import jax, jax.numpy as jnp\nh = 1e-3\nprint((jnp.sin(1 + h) - jnp.sin(1.0)) / h, jax.grad(jnp.sin)(1.0), "
        "jnp.cos(1.0))",
    ),
    "f_is_a_program": Lesson(
        "f is a program for real float32 numbers",
        "`f` may compare its input, take its absolute value or cast it, and then a step into the complex plane, or one "
        "too small for float32, is lost. Autodiff differentiates every operation at `x` itself.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.abs(x) ** 3\n"
        "print(f(2 + 1e-6j).imag / 1e-6, jax.grad(f)(2.0))",
    ),
    "kept_results": Lesson(
        "A derivative is a function of x",
        "Another `x` has another derivative. Who keeps the result of the first call hands it out for every `x` of that "
        "shape; keep functions, never results.",
        "import jax\ng, kept = jax.grad(lambda x: x**3), {}\nfor x in (1.0, 2.0):\n"
        "    print(g(x), kept.setdefault((), g(x)))",
    ),
    "late_binding": Lesson(
        "A closure looks its names up when it runs",
        "`g = lambda x: jax.grad(g)(x)` refers to whatever `g` is later: itself. `g = jax.grad(g)` uses the value of "
        "now.",
        "import jax\ng = lambda x: x**3\nfor _ in range(2):\n    g = jax.grad(g)\nprint(g(2.0))",
    ),
    "transposed_product": Lesson(
        "jvp is J v, vjp is Jᵀ u",
        "`jvp` pushes a change of the input forward to a change of the output. `vjp` pulls weights of the outputs back "
        "to the input: that is the product with the transpose.",
        "import jax, jax.numpy as jnp\nA = jnp.array([[1.0, 2.0], [0.0, 3.0]])\nf = lambda x: A @ x\n"
        "x = v = jnp.array([1.0, 0.0])\n"
        "print(jax.jvp(f, (x,), (v,))[1], jax.vjp(f, x)[1](v)[0])",
    ),
    "normalized_direction": Lesson(
        "J v is linear in v",
        "Twice the direction is twice the derivative: `v` is used as it comes and is not scaled to length one.",
        "import jax\nfor v in (1.0, 2.0):\n    print(jax.jvp(lambda x: x**2, (3.0,), (v,)))",
    ),
    "value_and_tangent": Lesson(
        "The value comes first, then its derivative",
        "The pair is `(f(x), J v)`: the value at `x` itself, and the change along `v`.",
        "import jax\nprint(jax.jvp(lambda x: x**2, (3.0,), (1.0,)))  # (9, 6)",
    ),
    "scalar_outputs_only": Lesson(
        "grad is for one number, jvp for any output",
        "`grad(f)·v` needs a scalar `f`. A directional derivative exists for every output at once, and `jvp` gives "
        "them all.",
        "import jax, jax.numpy as jnp\nx = jnp.arange(3.0)\nprint(jax.jvp(jnp.sin, (x,), (jnp.ones(3),)))",
    ),
    "leaves_apart": Lesson(
        "The leaves of a pytree are one point together",
        "`f` couples the leaves, so the derivative has cross terms. Differentiate with respect to the whole pytree "
        "at once.",
        "import jax\nf = lambda p: p['a'] * p['b']\np = {'a': 2.0, 'b': 3.0}\nv = {'a': 1.0, 'b': 1.0}\n"
        "print(jax.jvp(jax.grad(f), (p,), (v,))[1])  # all of it is cross terms",
    ),
    "backward_not_forward": Lesson(
        "Forward mode stores nothing and needs no way back",
        "Reverse mode runs the program backwards, so it needs every intermediate value and cannot pass a `while_loop`. "
        "Forward mode carries the derivative along with the value.",
        "import jax\nf = lambda x: jax.lax.while_loop(lambda s: s < 100, lambda s: s * s, x)\n"
        "print(jax.jvp(f, (2.0,), (1.0,)))  # jax.grad(f) raises",
    ),
    "whole_jacobian": Lesson(
        "A product needs no matrix",
        "The Jacobian has a row for each output and a column for each input. `jvp` gives J v, and `vjp` one row, for "
        "the price of a few runs of `f`; building all of it costs hundreds.",
        "import jax, jax.numpy as jnp\nx = v = jnp.ones(1000)\nprint(jax.jvp(jnp.sin, (x,), (v,))[1].nbytes, "
        "jax.jacfwd(jnp.sin)(x).nbytes)",
    ),
    "columns_for_rows": Lesson(
        "Rows belong to outputs, columns to inputs",
        "Row `i` of J holds the derivatives of output `i`: pull the unit vector of output `i` back with `vjp`. "
        "A `jvp` along a unit vector of the input gives a column.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.array([x[0] * x[1], x[1]])\nx = jnp.array([2.0, 3.0])\n"
        "row = jax.vjp(f, x)[1](jnp.array([1.0, 0.0]))[0]\ncolumn = jax.jvp(f, (x,), (jnp.array([1.0, 0.0]),))[1]\n"
        "print(row, column)",
    ),
    "rows_as_asked": Lesson(
        "One row for each entry of rows, in that order",
        "`rows` is a list of indices: it may repeat, come in any order or be empty, and result `i` belongs to "
        "`rows[i]`.",
        "import jax.numpy as jnp\nprint(jnp.eye(3)[jnp.array([2, 0, 2])])  # weights that pick outputs 2, 0 and 2",
    ),
    "one_after_another": Lesson(
        "vmap the backward pass",
        "A loop runs the backward passes one by one. `vjp` returns a plain function: `jax.vmap` of it pulls all the "
        "rows back together, in a program whose size does not depend on their number.",
        "import jax, jax.numpy as jnp\ny, pull = jax.vjp(jnp.cumsum, jnp.ones(4))\n"
        "print(jax.vmap(pull)(jnp.eye(4)[jnp.array([3, 1])])[0])",
    ),
    "hessian_of_squares": Lesson(
        "Gauss-Newton is not the Hessian",
        "`g gᵀ v` and `Jᵀ J v` use first derivatives only. The Hessian is the Jacobian of the gradient: "
        "differentiate `grad(f)`.",
        "import jax\ng = jax.grad(lambda x: x**3)\nprint(g(2.0) ** 2, jax.jvp(g, (2.0,), (1.0,))[1])",
    ),
    "hessian_diagonal": Lesson(
        "The Hessian is more than its diagonal",
        "`H v` mixes the entries: the gradient of one entry changes when another moves.",
        "import jax, jax.numpy as jnp\nf = lambda x: x[0] * x[1]\nprint(jax.hessian(f)(jnp.ones(2)))",
    ),
    "quadratic_form": Lesson(
        "H v is a vector, vᵀ H v a number",
        "Differentiating twice along `v` gives the curvature along `v`. `H v` is how the whole gradient changes "
        "along `v`.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.sum(x**3)\nx, v = jnp.array([1.0, 2.0]), jnp.ones(2)\n"
        "print(jax.jvp(jax.grad(f), (x,), (v,))[1])",
    ),
    "arrays_of_any_shape": Lesson(
        "The point may be any array or pytree",
        "`@` and `dot` pair vectors. `jax.jvp` takes a tangent of the point's own shape, whatever that is.",
        "import jax, jax.numpy as jnp\nx = jnp.ones((2, 3))\nprint(jax.jvp(jax.grad(lambda x: jnp.sum(x**3)), (x,), "
        "(x,))[1])",
    ),
    "hessian_formed": Lesson(
        "Never form the Hessian",
        "n parameters have n² second derivatives. `H v` is the directional derivative of `grad(f)`: one forward pass "
        "over one backward pass, and memory for a few vectors.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.sum(jnp.sin(x) ** 2)\n"
        "x = v = jnp.ones(100_000)  # its Hessian: 40 GB\n"
        "print(jax.jvp(jax.grad(f), (x,), (v,))[1])",
    ),
    "nan_at_zero": Lesson(
        "The square root has a vertical tangent at 0",
        "Its derivative there is inf, times the inner derivative 0 that is NaN. At 0 the program must not "
        "differentiate the root at all.",
        "import jax, jax.numpy as jnp\nprint(jax.grad(lambda x: jnp.sqrt(x * x))(0.0))",
    ),
    "double_where": Lesson(
        "where chooses values, not derivatives",
        "Both sides of a `jnp.where` run, and a NaN or inf in the derivative of the unused one survives: 0 * NaN is "
        "NaN. Give the unused side a harmless input with a second `where`, inside.",
        "import jax, jax.numpy as jnp\nonce = lambda x: jnp.where(x > 0, jnp.sqrt(x), 0.0)\n"
        "twice = lambda x: jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1.0)), 0.0)\n"
        "print(jax.grad(once)(0.0), jax.grad(twice)(0.0))",
    ),
    "epsilon_in_the_root": Lesson(
        "An epsilon moves the answer",
        "`sqrt(s + eps)` is no longer the norm: at 0 it is `sqrt(eps)`, and short vectors get the wrong length and "
        "slope.",
        "import jax.numpy as jnp\nx = jnp.float32(1e-8)\nprint(jnp.sqrt(x * x + 1e-12), jnp.sqrt(x * x))",
    ),
    "zero_is_all_zeros": Lesson(
        "Only a vector of zeros is 0",
        "One 0 among the entries does not make it so, nor entries that add up to 0 or have 0 for their largest: such "
        "vectors have a length and a slope like all others.",
        "import jax.numpy as jnp\nx = jnp.array([-1.0, 0.0])\nprint(x.max() == 0, jnp.all(x == 0), jnp.linalg.norm(x))",
    ),
    "harmless_number_stays": Lesson(
        "The harmless number is for the root alone",
        "An inner `where` keeps the 0 away from the root by another number, whose root is not the norm. A second "
        "`where`, outside, puts the 0 back.",
        "import jax.numpy as jnp\nfor square in (0.0, 4.0):\n    root = jnp.sqrt(jnp.where(square == 0, 1.0, square))\n"
        "    print(root, jnp.where(square == 0, 0.0, root))",
    ),
    "slope_at_the_tip": Lesson(
        "At the tip the slope is a choice: 0",
        "Around 0 the norm rises in every direction, so no slope there is the slope. Promised is 0, the middle of them "
        "all: a row of zeros is pushed nowhere.",
        "import jax, jax.numpy as jnp\nfor x in (-1e-3, 0.0, 1e-3):\n    print(x, jax.grad(jnp.abs)(x))",
    ),
    "slope_of_length_one": Lesson(
        "The gradient of the norm is x over the norm",
        "It points along `x` and has length one, however long `x` is. The gradient of the squared norm is `2 x`.",
        "import jax, jax.numpy as jnp\nx = jnp.array([3.0, -4.0])\nprint(jax.grad(jnp.linalg.norm)(x), "
        "x / jnp.linalg.norm(x))",
    ),
    "rule_is_a_factor": Lesson(
        "A rule multiplies what comes in by the slope",
        "A `jvp` rule gets a step and returns the slope times the step. The backward rule of a `custom_vjp` gets `g`, "
        "the slope of all that comes after, and returns `g` times the slope. That is the chain rule, and nothing else "
        "may be done with what comes in.",
        "import jax\n\n@jax.custom_vjp\ndef square(x):\n    return x**2\n\n"
        "for back in (lambda x, g: (2 * x,), lambda x, g: (g * 2 * x,)):\n"
        "    square.defvjp(lambda x: (x**2, x), back)\n"
        "    print(jax.grad(lambda x: 10 * square(x))(3.0), 'and', 10 * 2 * 3.0)",
    ),
    "norm_not_squared": Lesson(
        "The norm is the root of the sum of squares",
        "Without the root it is the squared norm, with absolute values the 1-norm. The gradient of the Euclidean norm "
        "has length one.",
        "import jax, jax.numpy as jnp\nx = jnp.array([3.0, -4.0])\nprint(jnp.linalg.norm(x), "
        "jax.grad(jnp.linalg.norm)(x))",
    ),
    "exp_overflows": Lesson(
        "exp overflows at 89",
        "In float32 `exp(89)` is inf, so `log(1 + exp(x))` is inf where the answer is simply `x`.",
        "import jax.numpy as jnp\nfor x in (80.0, 100.0):\n    print(jnp.log(1 + jnp.exp(x)), jnp.logaddexp(x, 0.0))",
    ),
    "switch_too_early": Lesson(
        "Between the two straight lines there is a curve",
        "`max(x, 0)` is only what `log(1 + eˣ)` tends to. At 0 it is log 2, and at 5 it is still off by 0.007.",
        "import jax.numpy as jnp\nfor x in (0.0, 5.0, 10.0):\n    print(jnp.logaddexp(x, 0.0), max(x, 0.0))",
    ),
    "slope_not_stable": Lesson(
        "A stable value is not a stable derivative",
        "Autodiff differentiates the operations you wrote: `e^x/(1+e^x)` is inf/inf for large `x`, though the slope "
        "is 1. A custom rule can say `sigmoid(x)`, which is right everywhere.",
        "import jax, jax.numpy as jnp\nprint(jnp.exp(100.0) / (1 + jnp.exp(100.0)), jax.nn.sigmoid(100.0))",
    ),
    "kink_at_zero": Lesson(
        "A smooth function written with abs has a kink for autodiff",
        "`max(x, 0) + log1p(exp(-abs(x)))` has the right values. But at 0 the slopes that JAX gives `abs` and `max` "
        "are a convention, and a derivative made of them comes out wrong there.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-abs(x)))\n"
        "for x in (0.0, 1e-3):\n    print(jax.grad(f)(x), jax.grad(jnp.logaddexp)(x, 0.0))",
    ),
    "rule_has_its_own_derivative": Lesson(
        "The rule itself will be differentiated",
        "The second derivative is the derivative of your rule: every operation in it must be stable as well, and "
        "depend on `x` in a way that JAX sees.",
        "import jax, jax.numpy as jnp\nfor rule in (lambda x: 1 - 1 / (1 + jnp.exp(x)), jax.nn.sigmoid):\n"
        "    print(jax.grad(rule)(100.0))",
    ),
    "half_the_mean": Lesson(
        "The mean is over all n·out entries",
        "`mean()` divides by the number of entries, not by the number of examples; the ½ cancels the 2 of the square's "
        "derivative.",
        "import jax.numpy as jnp\nr = jnp.ones((4, 3))\nprint(jnp.mean(r**2), jnp.sum(r**2) / 4, 0.5 * jnp.mean(r**2))",
    ),
    "weights_transposed": Lesson(
        "Square shapes hide mixed-up axes",
        "`x @ W + b` takes rows of `x` to rows of `y`; `b` belongs to the outputs and is the same for every example. "
        "Where sizes happen to be equal, or one, a wrong axis broadcasts without a word.",
        "import jax.numpy as jnp\nprediction, y = jnp.zeros(4), jnp.zeros((4, 1))\n"
        "print((prediction - y).shape)  # not (4, 1)",
    ),
    "loss_before_the_step": Lesson(
        "value_and_grad gives the loss of before",
        "The loss belongs to the parameters that came in. `jax.value_and_grad` hands it over with the gradient, for "
        "free.",
        "import jax\nloss, g = jax.value_and_grad(lambda w: w**2)(3.0)\nprint(loss, g, 'after a step:', (3.0 - 0.1 * "
        "g) ** 2)",
    ),
    "one_gradient_for_all": Lesson(
        "All parameters step together",
        "One step uses one gradient, taken at the parameters that came in, for W and for b. Updating one first "
        "changes the other's gradient.",
        "import jax\nf = lambda w, b: (w + b) ** 2\nprint(jax.grad(f, argnums=(0, 1))(1.0, 1.0))",
    ),
    "downhill": Lesson(
        "Descent subtracts",
        "The gradient points uphill. One step is `p - lr * g`, with `lr` used once.",
        "import jax\ng = jax.grad(lambda w: (w - 1) ** 2)(3.0)\nprint(g, 3.0 - 0.1 * g)",
    ),
    "other_entries_stay": Lesson(
        "Only W and b are parameters here",
        "A step counter is an int and a key is no number: `grad` refuses them, and an update must not touch them. "
        "Differentiate with respect to `W` and `b`, and put the rest back as it came.",
        "params = {'W': 1.0, 'b': 2.0, 'step': 7}\nprint({**params, 'W': 0.9, 'b': 1.9})",
    ),
    "caller_keeps_its_params": Lesson(
        "The caller's params are not yours to change",
        "Arrays never change, but a dict does: `params['W'] = ...` changes it for everyone who holds it. Return a new "
        "dict, and do not donate the caller's arrays.",
        "old = {'W': 1.0}\nnew = {**old, 'W': 0.9}\nprint(old, new)",
    ),
    "lr_is_an_argument": Lesson(
        "The learning rate is data",
        "As a traced argument one compiled step serves every learning rate: schedules, sweeps under `vmap`, and "
        "gradients with respect to it.",
        "import jax\nstep = jax.jit(lambda w, lr: w - lr * 2 * w)\nprint(jax.vmap(step, (None, 0))(1.0, "
        "jax.numpy.array([0.1, 0.2])))",
    ),
    "one_example_at_a_time": Lesson(
        "The gradient of the mean is one backward pass",
        "Gradients of single examples, averaged one after another, give the same numbers. The gradient of the mean "
        "over the batch is two matrix products.",
        "import jax, jax.numpy as jnp\nx = jnp.arange(4.0)\nprint(jax.grad(lambda w: jnp.mean((w * x) ** 2))(1.0))",
    ),
}

HINTS = {
    "nth_derivative": (
        "The derivative of a function is a function again, so it can be differentiated again.",
        "`jax.grad(f)` returns a function. A loop that replaces the function n times is enough.",
        "for _ in range(n):\n    f = jax.grad(f)\nreturn f",
    ),
    "directional_derivative": (
        "Push the point and the direction through `f` together.",
        "`jax.jvp(function, primals, tangents)`: both are tuples with one entry for each argument of the function.",
        "return jax.jvp(f, (x,), (v,))",
    ),
    "jacobian_rows": (
        "Weights on the outputs pulled back give a mixture of rows; a single 1 picks one row.",
        "`y, pull = jax.vjp(f, x)`; then `jax.vmap` of `pull` over a batch of one-hot vectors of the length of `y`.",
        "y, pull = jax.vjp(f, x)\nunits = jax.nn.one_hot(rows, y.size)\n(result,) = jax.vmap(pull)(units)",
    ),
    "hvp": (
        "The Hessian is the Jacobian of the gradient, and a product with a Jacobian needs no Jacobian.",
        "`jax.jvp` of `jax.grad(f)` in the direction `v`.",
        "return jax.jvp(jax.grad(f), (x,), (v,))[1]",
    ),
    "safe_norm": (
        "At 0 the square root must never see a 0, not even on the side that is thrown away.",
        "Two `jnp.where`s: one that puts a harmless number under the root, one that puts 0 in the result.",
        "square = jnp.sum(x * x)\nzero = square == 0\nreturn jnp.where(zero, 0.0, jnp.sqrt(jnp.where(zero, 1.0, "
        "square)))",
    ),
    "log1pexp": (
        "For large x it is x, for very negative x it is e^x. Find a form that never computes e^(large), and a "
        "derivative that is stable too.",
        "Either a function of JAX that adds in log space (`jnp.logaddexp`), or `@jax.custom_jvp` with the slope "
        "`jax.nn.sigmoid(x)`.",
        "return jnp.logaddexp(x, 0.0)",
    ),
    "regression_step": (
        "Write the loss as a function of the two entries that learn, and ask for its value and gradient at once.",
        "`jax.value_and_grad` of a function of `{'W': ..., 'b': ...}`, then `{**params, ...}` with the two new "
        "entries.",
        "loss, g = jax.value_and_grad(loss_of)({'W': params['W'], 'b': params['b']})\n"
        "new = {name: params[name] - lr * g[name] for name in g}\nreturn {**params, **new}, loss",
    ),
}


def normal(rng, *shape):
    return np.asarray(rng.normal(size=shape), np.float32)


# nth_derivative


def wave(x):
    return jnp.sin(2 * x) * jnp.exp(-0.3 * x * x)


def sextic(x):
    return x**6 - 2 * x


def wave_in_float32(x):
    """The sum of the waves of all entries, each a float32 first."""
    return jnp.sum(wave(jnp.asarray(x, jnp.float32)))


def derivatives(stubs, f, orders, x):
    """[nth_derivative(f, n)(x) for n in orders]"""
    functions = [stubs.nth_derivative(f, n) for n in orders]
    return [g(x) for g in functions]


def compiled_derivative(stubs, f, n, xs):
    """vmap of jit(nth_derivative(f, n))"""
    g = jax.jit(stubs.nth_derivative(f, n))
    return g(xs[0]), jax.vmap(g)(xs)


def at_two_points(stubs, f, n, xs):
    """[g(x) for x in xs], g = nth_derivative(f, n)"""
    g = stubs.nth_derivative(f, n)
    return [g(x) for x in xs]


def derivative_of_derivative(stubs, f, n, x):
    """jax.grad(nth_derivative(f, n))"""
    return jax.grad(stubs.nth_derivative(f, n))(x)


def derivative_with_parameter(stubs, a, x):
    """jit(lambda a, x: nth_derivative(lambda t: sin(a * t), 2)(x))"""
    return jax.jit(lambda a, x: stubs.nth_derivative(lambda t: jnp.sin(a * t), 2)(x))(a, x)


@exercise("nth_derivative", trait="values", points=5, lesson="order_off_by_one")
def test_nth_derivative_values(student, reference, rng):
    """Derivatives of order 1 to 4 are right."""
    with raising("RecursionError", lesson="late_binding"):
        for x in rng.uniform(-1.5, 1.5, 2):
            agree(student, reference, derivatives, wave, [1, 2, 3, 4], np.asarray(x, np.float32), rtol=1e-4, atol=1e-4)
    x = np.asarray(rng.uniform(-1.5, 1.5), np.float32)
    agree(student, reference, derivatives, wave_in_float32, [1, 2], x, rtol=1e-4, atol=1e-4, lesson="f_is_a_program")


@exercise("nth_derivative", trait="values", points=2, lesson="order_off_by_one")
def test_nth_derivative_orders(student, reference, rng):
    """Order 0 is the function itself, and a polynomial of degree six has no seventh derivative."""
    for x in (np.float32(rng.uniform(1, 2)), np.float32(0)):
        agree(student, reference, derivatives, sextic, [0, 1, 5, 6, 7], np.asarray(x), rtol=1e-5, atol=1e-5)


@exercise("nth_derivative", trait="trace", points=3)
def test_nth_derivative_trace(student, reference, rng):
    """The derivative is a function like any other: it can be compiled, mapped and differentiated again."""
    xs = normal(rng, 4)
    agree(student, reference, compiled_derivative, wave, 3, xs, rtol=1e-4, atol=1e-4)
    agree(student, reference, at_two_points, wave, 1, list(xs[:2]), rtol=1e-4, atol=1e-4, lesson="kept_results")
    once = wave, 1, xs[0]
    agree(student, reference, derivative_of_derivative, *once, rtol=1e-4, atol=1e-4, lesson="gradient_cut")
    agree(student, reference, derivative_with_parameter, xs[1], xs[2], rtol=1e-4, atol=1e-4)


# directional_derivative


class Pose(NamedTuple):
    position: jax.Array
    angle: jax.Array


@jax.tree_util.register_dataclass
@dataclass
class Body:
    """A pytree of a kind of its own."""

    pose: Pose
    size: jax.Array


def body_of(position, angle, size):
    return Body(Pose(position, angle), size)


def neighbours(x):
    return jnp.sin(x[:-1] * x[1:]) + x[1:]


def running(x):
    return jnp.cumsum(x) * jnp.sin(x)


def energy(x):
    return jnp.sum(x**3) + jnp.prod(jnp.cos(x))


def gram(x):
    return jnp.tanh(x @ x.T)


def linked(tree):
    a, (b, c) = tree["a"], tree["rest"]
    return jnp.sin(a @ b) * c[0] + c[1]


def crossed(pair):
    a, b = pair
    return jnp.sin(a * b) + b**2


def outline(body):
    return body.size * (body.pose.position * jnp.cos(body.pose.angle) + body.pose.angle**2)


def doubled_until_large(x):
    return jax.lax.while_loop(lambda y: jnp.sum(y * y) < 1e4, lambda y: y * y + 1.5 * jnp.roll(y, 1), x)


def mean_when_large(x):
    return jnp.mean(doubled_until_large(x))


def directional_at_a_body(stubs, parts, steps):
    """directional_derivative at a dataclass that is a pytree and holds a NamedTuple"""
    return stubs.directional_derivative(outline, body_of(*parts), body_of(*steps))


def directional_along_each(stubs, f, x, vs):
    """jit(vmap(lambda v: directional_derivative(f, x, v)))"""
    return jax.jit(lambda x, vs: jax.vmap(lambda v: stubs.directional_derivative(f, x, v)[1])(vs))(x, vs)


def slope_of_directional(stubs, f, x, v):
    """grad of the sum of directional_derivative(f, x, v)[1] with respect to x and v"""
    return jax.grad(lambda x, v: jnp.sum(stubs.directional_derivative(f, x, v)[1]), (0, 1))(x, v)


def rolled(x):
    """`x` mixed with its neighbours four times over."""
    return jax.lax.scan(lambda h, _: (jnp.sin(h * jnp.roll(h, 1)) + x, None), x, length=4)[0]


def directional_of_rolled(stubs, x, v):
    """directional_derivative(f, x, v)"""
    return stubs.directional_derivative(rolled, x, v)


MIX = np.random.default_rng(0).normal(size=(256, 256)).astype(np.float32) / 40


def settle(x):
    """A state of 256 numbers driven by `x` for 200 steps."""
    return jax.lax.scan(lambda h, _: (jnp.tanh(MIX @ h + x), None), x, length=200)[0]


def settle_parts(parts):
    return settle(jnp.concatenate(parts))


def settled_directional(stubs):
    """jit(lambda x, v: directional_derivative(f, jnp.split(x, 16), jnp.split(v, 16)))"""
    return jax.jit(lambda x, v: stubs.directional_derivative(settle_parts, jnp.split(x, 16), jnp.split(v, 16)))


def settled_by_jacobian(stubs):
    return jax.jit(lambda x, v: (settle(x), jax.jacfwd(settle)(x) @ v))


@exercise("directional_derivative", trait="values", points=6)
def test_directional_derivative_values(student, reference, rng):
    """f(x) and J v are right for one, few and many outputs."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    questions = ((neighbours, (5,)), (running, (4,)), (energy, (3,)), (running, (1,)), (gram, (3, 2)))
    try:
        with (
            raising("VJP function", lesson="transposed_product"),
            raising("Gradient only defined for scalar-output functions", lesson="scalar_outputs_only"),
            raising("dot_general requires", lesson="arrays_of_any_shape"),
        ):
            for f, shape in questions:
                along = f, normal(rng, *shape), normal(rng, *shape)
                agree(student, reference, "directional_derivative", *along, **close, nearly="finite_differences")
    except CheckFailed as failed:
        # The derivative, where it is wrong, follows a value that is right.
        if failed.lesson is None and failed.evidence.where.startswith("first at result[0]"):
            failed.lesson = "value_and_tangent"
        raise
    for f, v, lesson in (
        (running, np.zeros(4, np.float32), "normalized_direction"),
        (wave_in_float32, normal(rng, 4), "f_is_a_program"),
    ):
        agree(student, reference, "directional_derivative", f, normal(rng, 4), v, **close, lesson=lesson)


@exercise("directional_derivative", trait="values", points=3, lesson="leaves_apart")
def test_directional_derivative_pytrees(student, reference, rng):
    """The point and the direction may be pytrees."""
    x, v = ({"a": normal(rng, 2, 3), "rest": (normal(rng, 3), [normal(rng), normal(rng, 2)])} for _ in range(2))
    agree(student, reference, "directional_derivative", linked, x, v, rtol=1e-4, atol=1e-5)
    pair, step = ((normal(rng, 3), normal(rng, 3)) for _ in range(2))
    agree(student, reference, "directional_derivative", crossed, pair, step, rtol=1e-4, atol=1e-5)
    parts, steps = ([normal(rng, 3), normal(rng), normal(rng)] for _ in range(2))
    agree(student, reference, directional_at_a_body, parts, steps, rtol=1e-4, atol=1e-5)


@exercise("directional_derivative", trait="trace", points=2)
def test_directional_derivative_trace(student, reference, rng):
    """It can be compiled, mapped over directions, and differentiated."""
    x, vs = normal(rng, 4), normal(rng, 3, 4)
    agree(student, reference, directional_along_each, running, x, vs, rtol=1e-4, atol=1e-5)
    agree(student, reference, slope_of_directional, running, x, vs[0], rtol=1e-4, atol=1e-4, lesson="gradient_cut")


@exercise("directional_derivative", trait="trace", points=2, lesson="backward_not_forward")
def test_directional_derivative_forward(student, reference, rng):
    """Forward mode goes wherever the function goes, through a while loop too, and stores no matrix."""
    x, v = np.float32(rng.uniform(0.5, 2, 3)), normal(rng, 3)
    for f in (doubled_until_large, mean_when_large):
        agree(student, reference, "directional_derivative", f, x, v, rtol=1e-3, atol=1e-3)
    directional_has_one_program(student, rng)
    n = 600
    used = student.run(temporary_bytes, directional_of_rolled, normal(rng, n), normal(rng, n))
    if used > n * n:
        raise CheckFailed(f"For {n} inputs the program asks for {used / 1e6:.1f} MB.", lesson="whole_jacobian")


def directional_has_one_program(student, rng):
    """What grows with the inputs, by a loop over unit vectors, compiles for minutes where they are many."""
    has_one_program(
        student, "inputs", lambda n: (directional_of_rolled, normal(rng, n), normal(rng, n)), lesson="whole_jacobian"
    )


@exercise("directional_derivative", trait="speed", points=2, lesson="whole_jacobian")
def test_directional_derivative_speed(student, race, rng):
    """It costs about as much as f, however many inputs there are."""
    directional_has_one_program(student, rng)
    race(settled_directional, inputs=lambda: (normal(rng, 256), normal(rng, 256)), baseline=settled_by_jacobian)


# jacobian_rows


def mixed(x):
    """7 outputs, whatever the length of `x`."""
    return jnp.sin(jnp.outer(jnp.arange(1.0, 8.0), x)) @ x


def product_and_sum(x):
    return jnp.stack([jnp.prod(x), jnp.sum(x * x)])


def first_cubed(x):
    return x[:1] ** 3 + jnp.sum(x)


def rows_compiled(stubs, f, x, rows):
    """jit(lambda x, rows: jacobian_rows(f, x, rows))"""
    return jax.jit(lambda x, rows: stubs.jacobian_rows(f, x, rows))(x, rows)


def rows_at_each(stubs, f, xs, rows):
    """vmap(lambda x, rows: jacobian_rows(f, x, rows))"""
    return jax.vmap(lambda x, rows: stubs.jacobian_rows(f, x, rows))(xs, rows)


def slope_of_rows(stubs, f, x, rows):
    """grad of the sum of squares of jacobian_rows(f, x, rows) with respect to x"""
    return jax.grad(lambda x: jnp.sum(stubs.jacobian_rows(f, x, rows) ** 2))(x)


def rows_of_sines(stubs, x, rows):
    """jacobian_rows(jnp.sin, x, rows)"""
    return stubs.jacobian_rows(jnp.sin, x, rows)


INPUTS, INSIDE = 37, 3 * 37


def tripled(x):
    """`INPUTS` outputs of as many inputs, by way of `INSIDE` numbers."""
    return jnp.sum(jnp.sin(jnp.tile(x, (3, 1))), axis=0)


def rows_of_tripled(stubs, x, rows):
    """jacobian_rows(f, x, rows)"""
    return stubs.jacobian_rows(tripled, x, rows)


def row_traces(stubs, x, many_rows):
    """how often jacobian_rows is traced for different rows of one length"""
    runs = 0

    def rows_of(x, rows):
        nonlocal runs
        runs += 1
        return stubs.jacobian_rows(running, x, rows)

    compiled = jax.jit(rows_of)
    for rows in many_rows:
        compiled(x, rows)
    return runs


SPREAD = np.random.default_rng(1).normal(size=(1024, 256)).astype(np.float32) / 16


def spread(x):
    """1024 outputs of 256 inputs."""
    return jax.lax.scan(lambda h, _: (jnp.sin(h) + 0.1 * h, None), SPREAD @ x, length=200)[0]


def spread_rows(stubs):
    """jit(lambda x, rows: jacobian_rows(f, x, rows))"""
    return jax.jit(lambda x, rows: stubs.jacobian_rows(spread, x, rows))


def spread_rows_by_jacobian(stubs):
    return jax.jit(lambda x, rows: jax.jacrev(spread)(x)[rows])


def indices(*rows):
    return np.array(rows, np.int32)


@exercise("jacobian_rows", trait="values", points=6, lesson="columns_for_rows")
def test_jacobian_rows_values(student, reference, rng):
    """The rows of J that were asked for, in that order."""
    for f, n, rows in (
        (mixed, 4, (6, 0, 3)),
        (mixed, 9, (1, 5)),
        (running, 5, (2, 4, 0)),
        (product_and_sum, 3, (1, 0)),
    ):
        agree(student, reference, "jacobian_rows", f, normal(rng, n), indices(*rows), rtol=1e-4, atol=1e-4)


@exercise("jacobian_rows", trait="values", points=3, lesson="rows_as_asked")
def test_jacobian_rows_edges(student, reference, rng):
    """Rows may repeat, be one or none; one input and one output will do."""
    cases = (
        (running, 4, (2, 2, 0, 2, 3, 1)),
        (running, 4, (3, 2, 1, 0)),
        (mixed, 3, (4,)),
        (mixed, 7, ()),
        (mixed, 1, (0, 6)),
        (first_cubed, 3, (0, 0)),
        (first_cubed, 1, (0,)),
    )
    for f, n, rows in cases:
        agree(student, reference, "jacobian_rows", f, normal(rng, n), indices(*rows), rtol=1e-4, atol=1e-4)


@exercise("jacobian_rows", trait="trace", points=3, lesson="one_after_another")
def test_jacobian_rows_trace(student, reference, rng):
    """One compiled program serves all rows, pulls them back together, does not grow with them, and has a gradient."""
    x = normal(rng, 5)
    for rows in (indices(0, 4, 2), indices(3, 3, 1)):
        agree(student, reference, rows_compiled, running, x, rows, rtol=1e-4, atol=1e-4)
    agree(
        student, reference, rows_at_each, running, normal(rng, 2, 5), np.stack([rows, rows[::-1]]), rtol=1e-4, atol=1e-4
    )
    once = running, x, rows
    agree(student, reference, slope_of_rows, *once, rtol=1e-4, atol=1e-3, lesson="gradient_cut")
    rows_have_one_program(student, rng)
    if student.run(row_traces, x, [indices(0, 1), indices(4, 2), indices(3, 3)]) != 1:
        raise CheckFailed("The program is traced again for other rows of the same number.")
    has_one_program(student, "rows", lambda k: (rows_of_sines, normal(rng, 256), np.arange(k, dtype=np.int32)))
    # On the way back each row has all the numbers inside f; rows that go together have them in one array.
    sizes = student.run(array_sizes, rows_of_tripled, normal(rng, INPUTS), np.arange(16, dtype=np.int32))
    if not any(size > INSIDE and size % INSIDE == 0 for size in sizes):
        raise CheckFailed("The rows are pulled back one after another, in a loop.")


def rows_have_one_program(student, rng):
    """What grows with the outputs, or the inputs, compiles for minutes where they are many."""
    has_one_program(
        student, "outputs", lambda n: (rows_of_sines, normal(rng, n), indices(2, 0, 3)), lesson="whole_jacobian"
    )


@exercise("jacobian_rows", trait="speed", points=3, lesson="whole_jacobian")
def test_jacobian_rows_speed(student, race, rng):
    """Four rows of 1024 cost four backward passes."""
    rows_have_one_program(student, rng)
    race(
        spread_rows,
        inputs=lambda: (normal(rng, 256), rng.integers(0, 1024, 4).astype(np.int32)),
        baseline=spread_rows_by_jacobian,
    )


# hvp


def rosenbrock(x):
    return jnp.sum(10 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def gram_sum(x):
    return jnp.sum(jnp.sin(x @ x.T))


def bump(x):
    return jnp.sin(x) * x**2


def network_loss(params):
    hidden = jnp.tanh(params["W"] @ params["b"])
    scale, (shift, unused) = params["head"]
    return jnp.sum((scale * hidden + shift) ** 3) + jnp.prod(params["b"]) + 0 * jnp.sum(unused)


def crossed_sum(pair):
    return jnp.sum(crossed(pair) ** 2)


def outline_squared(body):
    return jnp.sum(outline(body) ** 2)


def hvp_at_a_body(stubs, parts, steps):
    """hvp at a dataclass that is a pytree and holds a NamedTuple"""
    product = stubs.hvp(outline_squared, body_of(*parts), body_of(*steps))
    return product.pose.position, product.pose.angle, product.size


def hvp_along_each(stubs, f, x, vs):
    """jit(vmap(lambda v: hvp(f, x, v)))"""
    return jax.jit(lambda x, vs: jax.vmap(lambda v: stubs.hvp(f, x, v))(vs))(x, vs)


def slope_of_hvp(stubs, f, x, v):
    """grad of the sum of hvp(f, x, v) with respect to x and v"""
    return jax.grad(lambda x, v: jnp.sum(stubs.hvp(f, x, v)), (0, 1))(x, v)


def chain(x):
    return jnp.sum(rolled(x) ** 2)


def hvp_of_chain(stubs, x, v):
    """hvp(f, x, v)"""
    return stubs.hvp(chain, x, v)


def chain_of_parts(parts):
    return chain(jnp.concatenate([parts["a"], parts["b"]]))


def hvp_of_parts(stubs, x, v):
    """hvp(f, x, v) of pytrees"""
    return stubs.hvp(chain_of_parts, x, v)


SMALL_MIX = MIX[:128, :128]


def settled_energy(x):
    return jnp.sum(jax.lax.scan(lambda h, _: (jnp.tanh(SMALL_MIX @ h + x), None), x, length=300)[0] ** 2)


def settled_energy_of_parts(parts):
    return settled_energy(jnp.concatenate(parts))


def settled_hvp(stubs):
    """jit(lambda x, v: hvp(f, jnp.split(x, 16), jnp.split(v, 16)))"""

    def product(x, v):
        return jnp.concatenate(stubs.hvp(settled_energy_of_parts, jnp.split(x, 16), jnp.split(v, 16)))

    return jax.jit(product)


def settled_hvp_by_hessian(stubs):
    return jax.jit(lambda x, v: jax.hessian(settled_energy)(x) @ v)


@exercise("hvp", trait="values", points=5)
def test_hvp_values(student, reference, rng):
    """H v is right for vectors."""
    close = {"rtol": 1e-4, "atol": 1e-4, "nearly": "finite_differences"}
    with raising("Gradient only defined for scalar-output functions", lesson="scalar_outputs_only"):
        for f, n in ((rosenbrock, 4), (energy, 3), (energy, 1)):
            agree(student, reference, "hvp", f, normal(rng, n), normal(rng, n), **close)
    for f, v, lesson in (
        (energy, np.zeros(3, np.float32), "normalized_direction"),
        (wave_in_float32, normal(rng, 3), "f_is_a_program"),
    ):
        agree(student, reference, "hvp", f, normal(rng, 3), v, rtol=1e-4, atol=1e-4, lesson=lesson)


@exercise("hvp", trait="values", points=3, lesson="arrays_of_any_shape")
def test_hvp_shapes(student, reference, rng):
    """H v is right for matrices, single numbers and pytrees, and has their structure."""
    for f, shape in ((gram_sum, (3, 2)), (bump, ())):
        agree(student, reference, "hvp", f, normal(rng, *shape), normal(rng, *shape), rtol=1e-4, atol=1e-4)
    x, v = (
        {"W": normal(rng, 2, 3), "b": normal(rng, 3), "head": (normal(rng), [normal(rng, 2), normal(rng, 2)])}
        for _ in range(2)
    )
    agree(student, reference, "hvp", network_loss, x, v, rtol=1e-4, atol=1e-4, lesson="leaves_apart")
    pair, step = ((normal(rng, 3), normal(rng, 3)) for _ in range(2))
    agree(student, reference, "hvp", crossed_sum, pair, step, rtol=1e-4, atol=1e-4, lesson="leaves_apart")
    parts, steps = ([normal(rng, 3), normal(rng), normal(rng)] for _ in range(2))
    agree(student, reference, hvp_at_a_body, parts, steps, rtol=1e-4, atol=1e-4, lesson="leaves_apart")


@exercise("hvp", trait="trace", points=2)
def test_hvp_trace(student, reference, rng):
    """It can be compiled, mapped over directions, and differentiated."""
    x, vs = normal(rng, 3), normal(rng, 3, 3)
    agree(student, reference, hvp_along_each, energy, x, vs, rtol=1e-4, atol=1e-4)
    agree(student, reference, slope_of_hvp, energy, x, vs[0], rtol=1e-4, atol=1e-4, lesson="gradient_cut")


def hvp_has_one_program(student, rng):
    """What grows with the parameters, by a loop over unit vectors, compiles for minutes where they are many."""
    has_one_program(student, "parameters", lambda n: (hvp_of_chain, normal(rng, n), normal(rng, n)))


@exercise("hvp", trait="memory", points=3, lesson="hessian_formed")
def test_hvp_memory(student, reference, rng):
    """No Hessian is formed: memory grows with the number of parameters, not with its square."""
    n = 400
    x, v = normal(rng, n), normal(rng, n)
    hvp_has_one_program(student, rng)
    parts = [{"a": a[:200], "b": a[200:]} for a in (x, v)]
    for program, args in ((hvp_of_chain, (x, v)), (hvp_of_parts, parts)):
        allowed = 4 * reference.run(temporary_bytes, program, *args) + n * n
        used = student.run(temporary_bytes, program, *args)
        if used > allowed:
            raise CheckFailed(
                f"For {n} parameters the program asks for {used / 1e6:.1f} MB; {allowed / 1e6:.1f} MB is plenty."
            )


@exercise("hvp", trait="speed", points=2, lesson="hessian_formed")
def test_hvp_speed(student, race, rng):
    """It costs a few gradients, however many parameters there are."""
    hvp_has_one_program(student, rng)
    race(settled_hvp, inputs=lambda: (normal(rng, 128), normal(rng, 128)), baseline=settled_hvp_by_hessian)


# safe_norm


def norm_and_slope(stubs, x):
    """(safe_norm(x), jax.grad(safe_norm)(x))"""
    return stubs.safe_norm(x), jax.grad(stubs.safe_norm)(x)


def norm_compiled(stubs, x):
    """jit(value_and_grad(safe_norm))"""
    return jax.jit(jax.value_and_grad(stubs.safe_norm))(x)


def norm_of_each(stubs, xs):
    """jit(vmap(value_and_grad(safe_norm)))"""
    return jax.jit(jax.vmap(jax.value_and_grad(stubs.safe_norm)))(xs)


def sum_of_norms(stubs, xs, weights):
    """value_and_grad of the weighted sum of vmap(safe_norm)"""
    return jax.value_and_grad(lambda xs: jnp.sum(weights * jax.vmap(stubs.safe_norm)(xs)))(xs)


def pushed(stubs, stub, x):
    """the tangent of jax.jvp of the stub at x along x"""
    return jax.jvp(getattr(stubs, stub), (x,), (x,))[1]


def _of_no_slope(student, stub, x):
    """The idea that was missed where a gradient is 0: a rule that forgets its tangent has no gradient, and a `jvp`."""
    try:
        return "rule_is_a_factor" if np.any(student.run(pushed, stub, x)) else "gradient_cut"
    except StudentError:
        return "gradient_cut"


def _of_norm(student):
    def lesson_of(program, args, lesson):
        if program == "safe_norm" or lesson is not None:
            return lesson
        (x,) = args
        _, slope = student.run(norm_and_slope, x)
        if not np.all(x):
            return "nan_at_zero" if np.isnan(slope).any() else "zero_is_all_zeros"
        return "slope_of_length_one" if np.any(slope) else _of_no_slope(student, "safe_norm", x)

    return lesson_of


@exercise("safe_norm", trait="values", points=5, lesson="norm_not_squared")
def test_safe_norm_values(student, reference, rng):
    """Away from 0 it is the Euclidean norm, and so is its gradient."""
    zeros_and_less = np.float32([0, 0, -1, 0, -1]) * np.abs(normal(rng, 5))
    opposite = np.float32([1, 0, -1]) * normal(rng)
    plain = normal(rng, 3), -np.abs(normal(rng, 1)) - 1
    close = {"rtol": 1e-5, "atol": 1e-6}
    questions = [("safe_norm", (x,), close) for x in plain]
    questions += [(norm_and_slope, (x,), close) for x in (*plain, zeros_and_less, opposite)]
    with raising("Transpose rule", lesson="rule_is_a_factor"):
        agree_on_all(student, reference, questions, _of_norm(student))


@exercise("safe_norm", trait="values", points=4, lesson="nan_at_zero")
def test_safe_norm_zero(student):
    """At 0 the norm is exactly 0 and so is its gradient."""
    for n in (3, 1):
        value, slope = student.run(norm_and_slope, np.zeros(n, np.float32))
        if not np.array_equal(value, 0):
            raise CheckFailed(f"The norm of {n} zeros is {float(value):.3g}.", lesson=_of_zeros(student, n))
        if np.shape(slope) != (n,) or not np.array_equal(slope, np.zeros(n)):
            raise CheckFailed(
                f"The gradient at {n} zeros is {np.asarray(slope).tolist()}.", lesson=_of_zeros(student, n)
            )


def selects(stubs, x):
    """whether safe_norm or its gradient selects"""
    return bool(operation_counts(stubs, norm_and_slope, x).get("stablehlo.select"))


def _of_zeros(student, n=3):
    """The idea that was missed where the norm or the slope of n zeros is none; None where both are 0."""
    zeros = np.zeros(n, np.float32)
    value, slope = student.run(norm_and_slope, zeros)
    if np.isnan(value).any() or np.isnan(slope).any():
        return "double_where" if student.run(selects, zeros) else "nan_at_zero"
    if np.any(value):
        return "harmless_number_stays" if np.all(np.abs(value) > 0.1) else "epsilon_in_the_root"
    return "slope_at_the_tip" if np.any(slope) else None


@exercise("safe_norm", trait="values", points=2, lesson="epsilon_in_the_root")
def test_safe_norm_scale(student, reference, rng):
    """Short and long vectors have their length too, and a gradient of length one."""
    x = normal(rng, 4)
    for length in (5e-13, 1e-8, 1e-3, 1e4, 1e8):
        agree(student, reference, norm_and_slope, np.float32(length / math.hypot(*x.tolist())) * x, rtol=1e-4, atol=0)


@exercise("safe_norm", trait="trace", points=4, lesson="double_where")
def test_safe_norm_batch(student, reference, rng):
    """Compiled and mapped over rows of which some are 0, and in a larger function, it is as safe."""
    close = {"rtol": 1e-5, "atol": 1e-6}
    questions = [(norm_compiled, (x,), close) for x in (np.zeros(2, np.float32), normal(rng, 2))]
    for n in (4, 3, 1):
        xs = normal(rng, 4, n)
        xs[1] = xs[3] = 0
        questions.append((norm_of_each, (xs,), close))
    questions.append((sum_of_norms, (xs, normal(rng, 4)), close | {"lesson": "rule_is_a_factor"}))
    agree_on_all(student, reference, questions, lambda _program, _args, lesson: _of_zeros(student) or lesson)


# log1pexp


def at_each(stubs, xs):
    """[log1pexp(x) for x in xs]"""
    return jnp.stack([stubs.log1pexp(x) for x in xs])


def slopes(stubs, xs):
    """[jax.grad(log1pexp)(x) for x in xs]"""
    return jnp.stack([jax.grad(stubs.log1pexp)(x) for x in xs])


def curvatures(stubs, xs):
    """[jax.grad(jax.grad(log1pexp))(x) for x in xs]"""
    return jnp.stack([jax.grad(jax.grad(stubs.log1pexp))(x) for x in xs])


def mapped_log1pexp(stubs, xs):
    """jit(vmap(...)) of log1pexp, of its first two derivatives, and of the first of 3 * log1pexp(x)"""
    f = stubs.log1pexp
    derivatives = jax.grad(f), jax.grad(jax.grad(f)), jax.grad(lambda x: 3 * f(x))
    return jax.jit(jax.vmap(lambda x: (f(x), *(d(x) for d in derivatives))))(xs)


def selects_or_has_a_rule(stubs, x):
    """whether log1pexp selects, and whether it has a rule of its own"""
    program = str(jax.make_jaxpr(stubs.log1pexp)(x))
    return "select_n" in program, "custom_" in program


FAR = (-1e4, -500.0, -105.0, -89.0, 50.0, 89.0, 105.0, 500.0, 1e4)


def _softplus(xs):
    x = np.asarray(xs, np.float64)
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _sigmoid(xs):
    x = np.asarray(xs, np.float64)
    small = np.exp(-np.abs(x))
    return np.where(x > 0, 1, small) / (1 + small)


def _curvature(xs):
    return _sigmoid(xs) * _sigmoid(-np.asarray(xs))


def _near(rng):
    """Numbers in [-20, 20], the places where a switch between two forms would show among them."""
    switches = 10.2, -10.2, 13.5, -13.5
    return np.float32([*rng.uniform(-4, 4, 4), *rng.uniform(-18, -5, 2), *rng.uniform(5, 18, 2), *switches])


def _compare(got, want, xs, what, lesson=None):
    """Args: lesson: an id, or what makes one of the number where the first is that differs."""
    got = np.asarray(got, np.float64)
    wrong = ~np.isclose(got, want, rtol=2e-6, atol=1e-6)
    if wrong.any():
        i = int(np.argmax(wrong))
        lesson = lesson(xs[i], got[i]) if callable(lesson) else lesson
        raise CheckFailed(f"{what} at {xs[i]:g} is {got[i]:.7g}; it should be {want[i]:.7g}.", lesson=lesson)


def _of_value(x, got):
    """The idea that a wrong value at x has missed."""
    if abs(x) < 89:
        return "switch_too_early" if np.isclose(got, max(x, 0), rtol=2e-6) else None
    return "exp_overflows"


def _of_slope(student):
    def lesson(x, got):
        if x == 0:
            return "kink_at_zero"
        if got == 0:
            return _of_no_slope(student, "log1pexp", np.asarray(x))
        selects, has_rule = student.run(selects_or_has_a_rule, np.float32(0))
        return "double_where" if np.isnan(got) and selects and not has_rule else "slope_not_stable"

    return lesson


def _of_curvature(student):
    def lesson(x, got):
        if x == 0:
            return "kink_at_zero"
        selects, has_rule = student.run(selects_or_has_a_rule, np.float32(0))
        if has_rule:
            return "rule_has_its_own_derivative"
        if np.isnan(got) and selects:
            return "double_where"
        return "slope_not_stable" if got else "switch_too_early"

    return lesson


@exercise("log1pexp", trait="values", points=5)
def test_log1pexp_values(student, rng):
    """log(1 + e^x) is right for moderate x."""
    xs = _near(rng)
    _compare(student.run(at_each, list(xs)), _softplus(xs), xs, "The value", _of_value)


@exercise("log1pexp", trait="values", points=3, lesson="exp_overflows")
def test_log1pexp_large(student, rng):
    """The value is right from -10,000 to 10,000."""
    xs = np.float32([*FAR, *rng.uniform(-1e4, 1e4, 3), 0.0])
    _compare(student.run(at_each, list(xs)), _softplus(xs), xs, "The value")


@exercise("log1pexp", trait="values", points=3, lesson="slope_not_stable")
def test_log1pexp_slope(student, rng):
    """So is the first derivative."""
    xs = np.float32([*_near(rng), 0.0, *FAR, *rng.uniform(-1e4, 1e4, 3)])
    _compare(student.run(slopes, list(xs)), _sigmoid(xs), xs, "The first derivative", _of_slope(student))


@exercise("log1pexp", trait="values", points=2, lesson="rule_has_its_own_derivative")
def test_log1pexp_curvature(student, rng):
    """So is the second, at 0 as well."""
    xs = np.float32([*_near(rng), *FAR, *rng.uniform(-1e4, 1e4, 3), 0.0])
    _compare(student.run(curvatures, list(xs)), _curvature(xs), xs, "The second derivative", _of_curvature(student))


@exercise("log1pexp", trait="trace", points=2, lesson="double_where")
def test_log1pexp_trace(student, rng):
    """All of it holds under jit and vmap, and the chain rule through it."""
    xs = np.float32([*_near(rng), 0.0, *FAR])
    value, slope, curvature, of_three = student.run(mapped_log1pexp, xs)
    _compare(value, _softplus(xs), xs, "Under jit and vmap the value", _of_value)
    _compare(slope, _sigmoid(xs), xs, "Under jit and vmap the first derivative", _of_slope(student))
    _compare(curvature, _curvature(xs), xs, "Under jit and vmap the second derivative", _of_curvature(student))
    _compare(of_three, 3 * _sigmoid(xs), xs, "The first derivative of 3 * log1pexp(x)", "rule_is_a_factor")


# regression_step


def problem(rng, n, inputs, outputs):
    params = {"W": normal(rng, inputs, outputs), "b": normal(rng, outputs)}
    return params, normal(rng, n, inputs), normal(rng, n, outputs)


def step_and_look_back(stubs, params, x, y, lr):
    """regression_step(params, x, y, lr), then a look at the params that went in"""
    stubs.regression_step(params, x, y, lr)
    return params, x, y


def step_compiled(stubs, params, x, y, lr):
    """jit(regression_step)"""
    return jax.jit(stubs.regression_step)(params, x, y, lr)


def step_with_each_rate(stubs, params, x, y, rates):
    """vmap of regression_step over lr"""
    return jax.vmap(lambda lr: stubs.regression_step(params, x, y, lr)[0])(rates)


def slope_in_the_rate(stubs, params, x, y, lr):
    """grad of the loss after a step with respect to lr"""

    def loss_after(lr):
        moved, _ = stubs.regression_step(params, x, y, lr)
        return jnp.mean((x @ moved["W"] + moved["b"] - y) ** 2)

    return jax.grad(loss_after)(lr)


def program_of_step(stubs, w, b, x, y):
    """regression_step({"W": w, "b": b}, x, y, 0.1)"""
    return stubs.regression_step({"W": w, "b": b}, x, y, 0.1)


DATA = np.random.default_rng(2).normal(size=(1024, 128)).astype(np.float32)


def on_data(step):
    """One step on a large data set that is made of two vectors on the spot; the new W comes back as its column sums."""

    def run(a, c, lr):
        params, loss = step({"W": jnp.outer(a, c), "b": c}, DATA * a, DATA[:, :64] * c, lr)
        return jnp.abs(params["W"]).sum(0), params["b"], loss

    return jax.jit(run)


def step_to_time(stubs):
    """jit(regression_step)"""
    return on_data(stubs.regression_step)


def step_by_examples(stubs):
    def loss_of(params, example):
        x, y = example
        return 0.5 * jnp.mean((x @ params["W"] + params["b"] - y) ** 2)

    def step(params, x, y, lr):
        losses, grads = jax.lax.map(lambda example: jax.value_and_grad(loss_of)(params, example), (x, y))
        return jax.tree.map(lambda p, g: p - lr * g.mean(0), params, grads), losses.mean()

    return on_data(step)


def one_step_program(student, rng):
    params = problem(rng, 4, 2, 3)[0].values()
    has_one_program(
        student,
        "examples",
        lambda n: (program_of_step, *params, normal(rng, n, 2), normal(rng, n, 3)),
        lesson="one_example_at_a_time",
    )


def _of_step(step, params, x, y, lr):
    """The idea that a step has missed which is none of 0.5 * mean((x @ W + b - y)**2), or None."""

    def loss_of(p):
        return 0.5 * np.mean((x @ p["W"] + p["b"] - y) ** 2)

    new, loss = step
    residual = x @ params["W"] + params["b"] - y
    gradient = {"W": x.T @ residual / residual.size, "b": residual.sum(0) / residual.size}
    flat = {k: np.concatenate([p[name].ravel() for name in ("W", "b")]) for k, p in enumerate((gradient, params, new))}
    moved = flat[1] - flat[2]
    of_gradient = moved @ flat[0] / (flat[0] @ flat[0])
    if not np.allclose(moved, of_gradient * flat[0], rtol=1e-3, atol=1e-4):
        gradient_alone = any(np.allclose(flat[2], k * flat[0], rtol=1e-3, atol=1e-4) for k in (1, lr, -lr))
        return "downhill" if gradient_alone else None
    if not np.isclose(of_gradient, lr, rtol=1e-3):
        return "downhill" if any(np.isclose(of_gradient, k, rtol=1e-3) for k in (-lr, lr * lr, 1)) else "half_the_mean"
    return "loss_before_the_step" if np.isclose(loss, loss_of(new), rtol=1e-3) else "half_the_mean"


@exercise("regression_step", trait="values", points=5)
def test_regression_step_values(student, reference, rng):
    """W and b take one step downhill; the loss is the one of before."""
    close = {"rtol": 1e-4, "atol": 1e-5}
    sizes = (6, 2, 3), (4, 5, 2)
    questions = [("regression_step", (*problem(rng, *size), 0.3), close) for size in sizes]
    # Neither a large gradient nor a large rate is cut, and what no example asks of the weights they do not do.
    params, x, y = problem(rng, 6, 2, 3)
    large = {"rtol": 1e-4, "atol": 1e-3, "lesson": "downhill"}
    questions.append(("regression_step", (params, x, 100 * y, 2.0), large))
    questions.append(("regression_step", (params, 0 * x, y, 100.0), large | {"atol": 1e-4}))

    def lesson_of(_program, args, lesson):
        return lesson or _of_step(student.regression_step(*args), *args)

    agree_on_all(student, reference, questions, lesson_of)


@exercise("regression_step", trait="values", points=3)
def test_regression_step_sizes(student, reference, rng):
    """Square problems, single examples, single inputs and single outputs are no exception."""
    for n, inputs, outputs in ((3, 3, 3), (4, 3, 4), (1, 4, 2), (5, 1, 3), (4, 2, 1), (1, 1, 1)):
        params, x, y = problem(rng, n, inputs, outputs)
        lr = np.asarray(rng.uniform(0.1, 1), np.float32)
        agree(student, reference, "regression_step", params, x, y, lr, rtol=1e-4, atol=1e-5)


@exercise("regression_step", trait="values", points=2, lesson="other_entries_stay")
def test_regression_step_others(student, reference, rng):
    """Other entries of the dict come back as they went in, whatever their dtype."""
    extras = {
        "step": np.asarray(rng.integers(100), np.int32),
        "classes": rng.integers(0, 255, 4).astype(np.uint8),
        "frozen": np.array([True, False]),
        "a_scale": normal(rng, 2, 2),
        "half": np.float16([1.5, -2.0]),
        "key": Key.seed(int(rng.integers(2**31))),
    }
    # A rate that is an array makes float32 of a half that it meets, a Python float does not.
    for names, lr in ((["step"], 0.3), (list(extras), 0.3), (["half"], np.asarray(0.3, np.float32))):
        params, x, y = problem(rng, 4, 2, 3)
        params = {name: extras[name] for name in names} | params
        given = params, x, y, lr
        agree(student, reference, "regression_step", *given, rtol=1e-4, atol=1e-5, lesson="other_entries_stay")


@exercise("regression_step", trait="pure", points=1, lesson="caller_keeps_its_params")
def test_regression_step_pure(student, reference, rng):
    """What went in is as it was; NumPy arrays may go in."""
    params, x, y = problem(rng, 4, 2, 3)
    agree(student, reference, step_and_look_back, params, x, y, 0.3, rtol=0, atol=0)
    raw = {name: Raw(value.copy()) for name, value in params.items()}
    agree(student, reference, step_and_look_back, raw, Raw(x), Raw(y), 0.3, rtol=0, atol=0)
    agree(student, reference, "regression_step", raw, Raw(x), Raw(y), 0.3, rtol=1e-4, atol=1e-5)


@exercise("regression_step", trait="trace", points=2, lesson="lr_is_an_argument")
def test_regression_step_trace(student, reference, rng):
    """One compiled step serves every learning rate; it can be mapped over rates and differentiated in them."""
    params, x, y = problem(rng, 4, 2, 3)
    rates = np.float32(rng.uniform(0.1, 1, 3))
    agree(student, reference, step_with_each_rate, params, x, y, rates, rtol=1e-4, atol=1e-5)
    agree(student, reference, slope_in_the_rate, params, x, y, np.asarray(rates[1]), rtol=1e-4, atol=1e-4)
    counted = params | {"step": np.asarray(3, np.int32)}
    given = counted, x, y, np.asarray(rates[0])
    with raising("grad requires", lesson="other_entries_stay"):
        agree(student, reference, step_compiled, *given, rtol=1e-4, atol=1e-5, lesson="other_entries_stay")
    sets = [(*problem(rng, 4, 2, 3), np.asarray(rate)) for rate in rates]
    if student.run(count_traces, "regression_step", sets) != 1:
        raise CheckFailed("The step is traced again for another learning rate.")
    one_step_program(student, rng)


@exercise("regression_step", trait="speed", points=2, on_gpu=True, lesson="one_example_at_a_time")
def test_regression_step_speed(student, race, rng):
    """The step costs one backward pass over the whole batch."""
    one_step_program(student, rng)
    lr = np.asarray(0.1, np.float32)
    race(step_to_time, inputs=lambda: (normal(rng, 128), normal(rng, 64), lr), baseline=step_by_examples)
