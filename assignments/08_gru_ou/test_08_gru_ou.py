"""Checks of 08_gru_ou: simulate, denoise and continue an Ornstein-Uhlenbeck process."""

import contextlib
import itertools
import math
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax

from autograder.checks import CheckFailed, Key, Lesson, StudentError, agree, agree_on_all, exercise
from autograder.checks.growth import first_call_is_short
from autograder.checks.laws import Z_LIMIT, are_uncorrelated, is_normal, z_correlation, z_mean
from autograder.checks.probes import call_jitted, jitted, program_size, reused_key
from autograder.checks.speed import cpu_cost, surely_over
from autograder.datasets import kalman_mse

LESSONS = {
    "starts_at_x0": Lesson(
        "The path begins at x0 itself",
        "The first of the `num_steps` values is `x0`; `num_steps - 1` steps follow it. A scan returns the states "
        "*after* its steps, so the start has to be put in front.",
        "import jax, jax.numpy as jnp\n"
        "_, after = jax.lax.scan(lambda x, _: (x + 1, x + 1), 0.0, None, length=3)\n"
        "print(after, jnp.concatenate([jnp.zeros(1), after]))",
    ),
    "drift": Lesson(
        "The drift pulls towards mu",
        "One step moves by `(mu - x) / tau * dt`: towards `mu`, a fraction `dt / tau` of what is left.",
        "x, mu, tau, dt = 3.0, 1.0, 2.0, 0.1\nfor _ in range(3):\n    x += (mu - x) / tau * dt\n    print(x)",
    ),
    "exact_transition": Lesson(
        "Euler-Maruyama is the recipe asked for, not the exact law",
        "The exact process shrinks its distance to `mu` by `exp(-dt/tau)` a step; Euler-Maruyama by `1 - dt/tau`, "
        "with noise `sigma * sqrt(2 dt / tau)`. They agree for small `dt / tau` only.",
        "import math\nfor ratio in (0.01, 0.1, 0.5):\n    print(ratio, math.exp(-ratio), 1 - ratio)",
    ),
    "noise_scale": Lesson(
        "Noise adds up like a square root",
        "Variances add, standard deviations do not. So the noise of one step has the standard deviation `sigma * "
        "sqrt(2 dt / tau)`, and `sigma` becomes the spread of the path in the long run, whatever the step.",
        "import numpy as np\n"
        "rng = np.random.default_rng(0)\n"
        "for n in (1, 4, 16):\n"
        "    print(n, rng.normal(size=(10000, n)).sum(1).std())",
    ),
    "same_noise_each_step": Lesson(
        "Each step draws its own noise",
        "A key gives the same number each time it is used. Draw all the noise in one call, or give each step a key "
        "of its own.",
        "import jax\n"
        "key = jax.random.key(0)\n"
        "print([float(jax.random.normal(key)) for _ in range(3)])\n"
        "print(jax.random.normal(key, (3,)))",
    ),
    "kick_moves_x": Lesson(
        "A kick moves the particle",
        "The next step starts from where the kick has put x, and its drift pulls from there: the noise is a part of "
        "what is carried. Noise that is added to a path computed without it is fog before the eyes, and moves nothing.",
        "import numpy as np\n"
        "kicks = np.random.default_rng(0).normal(size=6)\n"
        "x, path = 0.0, []\n"
        "for kick in kicks:\n"
        "    x = 0.9 * x + kick\n"
        "    path.append(x)\n"
        "print('moved ', np.round(path, 2))\n"
        "print('fogged', np.round(kicks, 2))",
    ),
    "one_x_a_step": Lesson(
        "Drift and kick start from the same x",
        "Both are computed from the x before the step and added to it. Where the kick comes first and the drift is "
        "computed after it, a part of the kick is pulled back at once.",
        "x, mu, pull, kick = 0.0, 0.0, 0.5, 1.0\n"
        "print(x + pull * (mu - x) + kick)\n"
        "x = x + kick\n"
        "print(x + pull * (mu - x))",
    ),
    "noise_law": Lesson(
        "The noise is normal",
        "Each kick is a draw from N(0, 1), centred at zero, times `sigma * sqrt(2 dt / tau)`.",
        "import jax\nprint(jax.random.normal(jax.random.key(0), (5,)))",
    ),
    "key_unheard": Lesson(
        "The key decides",
        "All randomness comes from the key you are handed: another key, other numbers; the same key, the same numbers.",
        "import jax\nfor seed in (0, 0, 1):\n    print(jax.random.normal(jax.random.key(seed), (2,)))",
    ),
    "written_out": Lesson(
        "A Python loop is written out step by step",
        "While JAX traces, a Python `for` runs, and each turn adds its operations to the program: compile time "
        "grows with the length. `lax.scan` and `lax.fori_loop` put the body into the program once.",
        "import jax\n"
        "def walk(x):\n"
        "    for _ in range(4):\n"
        "        x = x * 0.9 + 1\n"
        "    return x\n"
        "print(jax.make_jaxpr(walk)(1.0))",
    ),
    "wasted_work": Lesson(
        "Each step does one step's work",
        "What a step needs should be in the carry or in the scanned inputs. Recomputing the past, or all the noise, "
        "in each step makes the cost grow with the square of the length.",
        "import jax, jax.numpy as jnp\n"
        "def step(total, x):\n"
        "    return total + x, total + x\n"
        "print(jax.lax.scan(step, 0.0, jnp.arange(5.0)))",
    ),
    "glorot_fans": Lesson(
        "Glorot balances what goes in and what comes out",
        "A matrix `[fan_in, fan_out]` gets the standard deviation `sqrt(2 / (fan_in + fan_out))`: `W*[in, hidden]` "
        "and `U*[hidden, hidden]` have different ones. It is a standard deviation, not a variance and not a bound.",
        "import jax\n"
        "draw = jax.nn.initializers.glorot_normal()\n"
        "for shape in ((100, 400), (400, 400)):\n"
        "    print(shape, draw(jax.random.key(0), shape).std(), (2 / sum(shape)) ** 0.5)",
    ),
    "not_normal": Lesson(
        "Glorot normal, not Glorot uniform",
        "Both have the same variance; the promise here is the bell curve, plain or cut off at two standard deviations.",
        "import jax\n"
        "init = jax.nn.initializers\n"
        "for draw in (init.glorot_normal(), init.glorot_uniform()):\n"
        "    w = draw(jax.random.key(0), (300, 300))\n"
        "    print(w.std(), (w**4).mean() / (w**2).mean() ** 2)",
    ),
    "entries_depend": Lesson(
        "Each entry is a draw of its own",
        "Glorot normal draws every entry by itself, so rows and columns differ in length, and a matrix has its spread "
        "only nearly. Those of an orthogonal, a symmetric or a rescaled matrix know of each other: a good start too, "
        "but another one.",
        "import jax\n"
        "init = jax.nn.initializers\n"
        "for draw in (init.glorot_normal(), init.orthogonal()):\n"
        "    w = draw(jax.random.key(0), (300, 300))\n"
        "    print(w.std(), (w**2).sum(0)[:4])",
    ),
    "bias_scale": Lesson(
        "Small random biases",
        "The biases are normal with standard deviation 1e-2: neither zero nor as large as the weights.",
        "import jax\nprint(1e-2 * jax.random.normal(jax.random.key(0), (4,)))",
    ),
    "gru_layout": Lesson(
        "Nine arrays, inputs first",
        "`W*` is `[in, hidden]`, `U*` is `[hidden, hidden]`, `b*` is `[hidden]`, for each of the gates z, r and h.",
        "import jax.numpy as jnp\nx, W = jnp.ones(3), jnp.ones((3, 5))\nprint((x @ W).shape)",
    ),
    "one_key_many_arrays": Lesson(
        "Each array its own key",
        "Arrays drawn with one key are copies of each other: gates that start equal get equal gradients and take "
        "long to part. Split the key into as many as there are arrays.",
        "import jax\n"
        "key = jax.random.key(0)\n"
        "print(jax.random.normal(key, (2, 2)), jax.random.normal(key, (2, 2)))\n"
        "first, second = jax.random.split(key)\n"
        "print(jax.random.normal(first, (2, 2)), jax.random.normal(second, (2, 2)))",
    ),
    "z_keeps_the_old": Lesson(
        "z keeps, 1 - z renews",
        "Here `h' = z*h + (1-z)*n`: with `z = 1` the state stays as it was. Papers and libraries use both "
        "conventions, and nets trained with one are wrong with the other.",
        "z, old, new = 0.9, 1.0, 0.0\nprint(z * old + (1 - z) * new, (1 - z) * old + z * new)",
    ),
    "reset_before_product": Lesson(
        "r acts on the state, before the product",
        "`(r*h) @ Uh` hides parts of the state from the candidate; `r * (h @ Uh)` scales the parts of the result. "
        "They are different functions (cuDNN and Flax use the second).",
        "import jax.numpy as jnp\n"
        "r, h = jnp.array([0.0, 1.0]), jnp.array([1.0, 1.0])\n"
        "U = jnp.array([[0.0, 2.0], [1.0, 0.0]])\n"
        "print((r * h) @ U, r * (h @ U))",
    ),
    "gates_mixed": Lesson(
        "Each gate has its own weights and its own sigmoid",
        "z and r are sigmoids of `x @ W + h @ U + b` with the weights of their letter; the candidate n is a tanh of "
        "the third set.",
        "import jax, jax.numpy as jnp\nx = jnp.linspace(-2, 2, 5)\nprint(jax.nn.sigmoid(x), jnp.tanh(x))",
    ),
    "own_bias": Lesson(
        "Each of the three sums has its bias",
        "`bz`, `br` and `bh` are added before the sigmoid or the tanh, each to the sum of its letter: a gate may then "
        "be open or closed whatever it sees.",
        "import jax, jax.numpy as jnp\n"
        "for b in (-3.0, 0.0, 3.0):\n"
        "    print(b, jax.nn.sigmoid(jnp.linspace(-1, 1, 3) + b))",
    ),
    "state_or_input_side": Lesson(
        "x meets W, h meets U, from the left",
        "With `x[in]` and `W[in, hidden]` the product is `x @ W`. `W @ x` runs only when the sizes happen to be "
        "equal, and is another number then.",
        "import jax.numpy as jnp\n"
        "W, x = jnp.array([[1.0, 2.0], [3.0, 4.0]]), jnp.array([1.0, 10.0])\n"
        "print(x @ W, W @ x)",
    ),
    "unstable_formula": Lesson(
        "Stable forms stay finite",
        "`exp(100)` overflows float32, and inf/inf is NaN. `jnp.tanh` and `jax.nn.sigmoid` are written so that it "
        "does not happen.",
        "import jax.numpy as jnp\n"
        "x = jnp.float32(100.0)\n"
        "print((jnp.exp(x) - jnp.exp(-x)) / (jnp.exp(x) + jnp.exp(-x)), jnp.tanh(x))",
    ),
    "not_transformable": Lesson(
        "It stays a JAX function",
        "The same function has to work under `jit`, `vmap` and `grad`: array in, array out, no `float()`, no `np.`, "
        "no rounding on the way.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.tanh(x) * x\nprint(jax.vmap(jax.grad(f))(jnp.arange(3.0)))",
    ),
    "state_not_carried": Lesson(
        "The state is carried from step to step",
        "Step t starts from the state that step t-1 ended in, and the first from `h0`.",
        "import jax, jax.numpy as jnp\nprint(jax.lax.scan(lambda h, x: (0.5 * h + x, 0.5 * h + x), 8.0, jnp.ones(4)))",
    ),
    "every_state": Lesson(
        "One state for each input",
        "`hs[t]` is the state after `xs[t]`: as many as inputs, so neither `h0` in front nor the last one alone.",
        "import jax, jax.numpy as jnp\n"
        "last, every = jax.lax.scan(lambda h, x: (h + x, h + x), 0.0, jnp.arange(4.0))\n"
        "print(last, every)",
    ),
    "step_makes_them": Lesson(
        "A loop is as right as its step",
        "What `gru_step` gets wrong is wrong in every state of `gru_scan`. The check of `gru_step` says what it is.",
        "import jax, jax.numpy as jnp\n"
        "step = lambda h, x: h - x  # was to be h + x\n"
        "print(jax.lax.scan(lambda h, x: (step(h, x), step(h, x)), 0.0, jnp.ones(3))[1])",
    ),
    "one_step_ahead": Lesson(
        "The target is the clean value one step later",
        "From the noisy past up to time t the model predicts the clean value at t+1: inputs are `noisy[:, :-1]`, "
        "targets `clean[:, 1:]`, and both get a last axis of one feature.",
        "import jax.numpy as jnp\npath = jnp.arange(5)\nprint(path[:-1], path[1:])",
    ),
    "training_pairs": Lesson(
        "Noisy in, clean out, one step ahead",
        "Inputs are the noisy values up to t, the target is the clean value at t+1. What the model is shown and "
        "what it is asked for decide what it learns.",
        "import jax.numpy as jnp\npath = jnp.arange(5)\nprint('in ', path[:-1])\nprint('out', path[1:])",
    ),
    "peeks_ahead": Lesson(
        "No causal predictor beats the Kalman filter",
        "An error below the Kalman filter's means that the model saw what it should predict. The output at t may "
        "depend on the inputs up to t only.",
        "import jax, jax.numpy as jnp\n"
        "causal = lambda xs: jnp.cumsum(xs)\n"
        "print(jax.jacobian(causal)(jnp.zeros(4)))  # nothing above the diagonal",
    ),
    "does_not_learn": Lesson(
        "The loss has to come down to the Kalman filter's",
        "A GRU of 12 states reaches the filter's error within a few percent in several hundred batches. If it does "
        "not: is each step's gradient applied, is the optimizer's state carried, is the data what the contract "
        "says?",
        "import jax.numpy as jnp, optax\n"
        "optimizer = optax.adam(0.1)\n"
        "x = jnp.array(3.0)\n"
        "state = optimizer.init(x)\n"
        "for _ in range(3):\n"
        "    updates, state = optimizer.update(2 * x, state)\n"
        "    x = optax.apply_updates(x, updates)\n"
        "    print(x)",
    ),
    "training_data": Lesson(
        "Train on the process you are asked about",
        "`x0` uniform in [0, 1), `mu=1`, `tau=2`, `sigma=0.5`, `dt=0.1`, and noise of *variance* 0.1, which is a "
        "standard deviation of 0.32. A model trained on other data trusts its inputs too much or too little.",
        "import numpy as np\nprint(np.sqrt(0.1), np.random.default_rng(0).normal(size=10000).std() * np.sqrt(0.1))",
    ),
    "loss_is_a_mean": Lesson(
        "The loss is the mean squared error",
        "Mean over batch and time of the squared difference to the clean target, so that it does not depend on the "
        "batch's size or length.",
        "import jax.numpy as jnp\nerror = jnp.ones((4, 9, 1)) * 0.3\nprint((error**2).mean(), (error**2).sum())",
    ),
    "stale_batch": Lesson(
        "A fresh batch each step",
        "A simulator gives new data for the price of a new key. With one key for all steps the model sees the same "
        "few paths again and again and learns them by heart.",
        "import jax\n"
        "key = jax.random.key(0)\n"
        "for k in jax.random.split(key, 3):\n"
        "    print(jax.random.normal(k, (2,)))",
    ),
    "batch_size_unheard": Lesson(
        "A batch has `batch_size` paths",
        "The mean over a batch varies the less, the more paths there are. These losses come from larger batches than "
        "were asked for.",
        "import jax\n"
        "for batch_size in (16, 64):\n"
        "    errors = jax.random.normal(jax.random.key(0), (1000, batch_size)) ** 2\n"
        "    print(batch_size, errors.mean(axis=1).std())",
    ),
    "paths_alike": Lesson(
        "Each path draws its own noise",
        "A key gives the same numbers to every path that uses it. A batch needs a key for each path, or one draw of "
        "the whole batch's shape: paths that share their noise teach little more than one of them.",
        "import jax\n"
        "key = jax.random.key(0)\n"
        "walk = lambda key, x: x + jax.random.normal(key, (2,))\n"
        "print(jax.vmap(walk, in_axes=(None, 0))(key, jax.numpy.zeros(3)))\n"
        "print(jax.vmap(walk)(jax.random.split(key, 3), jax.numpy.zeros(3)))",
    ),
    "not_adam": Lesson(
        "Adam moves each weight by about the learning rate",
        "It divides a weight's mean gradient by its usual size, both freed from their start at zero. So each step is "
        "about as long as the learning rate that `train` is given, the first as well as the tenth.",
        "import jax.numpy as jnp, optax\n"
        "for rule in (optax.rmsprop(0.1), optax.adam(0.1)):\n"
        "    state = rule.init(jnp.zeros(1))\n"
        "    for _ in range(3):\n"
        "        step, state = rule.update(jnp.ones(1), state)\n"
        "        print(step)",
    ),
    "three_sets": Lesson(
        "A GRU has three sets of weights",
        "One for what stays, one for what the candidate may see, one for the candidate: each with a matrix "
        "`[hidden, hidden]` of its own. With one set it is a plain RNN, which has no gates and forgets sooner.",
        "hidden, features = 12, 32\n"
        "one_set = hidden * hidden + features * hidden + hidden\n"
        "print('plain RNN', one_set, 'GRU', 3 * one_set)",
    ),
    "zero_state": Lesson(
        "Each sequence stands alone",
        "Every prediction starts from a zero state and looks at its own sequence: other rows of the batch, other "
        "calls and the sizes it was trained with do not matter.",
        "import jax, jax.numpy as jnp\n"
        "f = lambda xs: jnp.cumsum(xs, 0)\n"
        "print(jax.vmap(f)(jnp.ones((2, 3))), jax.vmap(f)(jnp.ones((1, 5))))",
    ),
    "loop_not_compiled": Lesson(
        "One compiled call, not one a batch",
        "A Python loop pays for each batch: it unpacks, dispatches and packs dozens of arrays. `lax.scan` over the "
        "keys runs the whole training inside one program.",
        "import jax, jax.numpy as jnp\n"
        "step = lambda w, x: (w - 0.1 * (w - x), (w - x) ** 2)\n"
        "print(jax.lax.scan(step, 0.0, jnp.ones(5)))",
    ),
    "first_output": Lesson(
        "The first output answers the last of the warmup",
        "`y[0]` is what the model says to `warmup[-1]`, and only then is it fed its own words: `y[k+1]` answers "
        "`y[k]`.",
        "warmup, out = [1.0, 2.0, 3.0], []\n"
        "step = lambda s, x: (s + x, 0.1 * (s + x))\n"
        "s = 0.0\n"
        "for x in warmup:\n"
        "    s, y = step(s, x)\n"
        "for _ in range(3):\n"
        "    out.append(round(y, 4))\n"
        "    s, y = step(s, y)\n"
        "print(out)",
    ),
    "warmup_is_heard": Lesson(
        "The warmup sets the state, and is not counted",
        "All its values go in, in turn, and the state is handed on. What the model says to them is neither fed back "
        "nor returned, but for the answer to the last: that is `y[0]`, the first of `num_steps` values.",
        "import jax, jax.numpy as jnp\n"
        "step = lambda state, x: (state + x, 10 * (state + x))\n"
        "state, answers = jax.lax.scan(step, 0.0, jnp.array([1.0, 2.0, 3.0]))\n"
        "print('state', state, 'answers', answers, 'y[0]', answers[-1])",
    ),
    "feeds_itself": Lesson(
        "After the warmup the model hears only itself",
        "State and output of one step are what the next one starts from. The noisy data ends with the warmup.",
        "import jax\n"
        "def again(carry, _):\n"
        "    state, y = carry\n"
        "    state, new = 0.5 * state + y, 0.5 * state\n"
        "    return (state, new), y\n"
        "print(jax.lax.scan(again, (1.0, 2.0), None, length=4)[1])",
    ),
    "state_is_a_tree": Lesson(
        "A state can be any pytree",
        "Hand the state on as you got it: an array, a dict, a tuple with counters. `lax.scan` carries them all.",
        "import jax\n"
        "step = lambda c, _: ({'h': c['h'] * 0.5, 'n': c['n'] + 1}, c['h'])\n"
        "print(jax.lax.scan(step, {'h': 8.0, 'n': 0}, None, length=3))",
    ),
}

HINTS = {
    "simulate_ou": (
        "One step needs the last value and one normal number. Draw all the numbers first, then walk.",
        "`jax.random.normal(key, (num_steps - 1,))`, then `lax.scan` over them; its carry is `x`. Put `x0` in front.",
        "def step(x, kick):\n"
        "    x = x + (mu - x) / tau * dt + kick\n"
        "    return x, x\n"
        "_, path = lax.scan(step, x0, scale * normals)",
    ),
    "init_gru": (
        "Nine arrays, nine keys.",
        "`jax.random.split(key, 9)` and `jax.nn.initializers.glorot_normal()(key, shape)`.",
        "keys = iter(jax.random.split(key, 9))\n"
        'for gate in "zrh":\n'
        '    params["W" + gate] = glorot(next(keys), (in_dim, hidden))\n'
        "    ...",
    ),
    "gru_step": (
        "Write the four formulas down, one line each.",
        "`jax.nn.sigmoid`, `jnp.tanh`, `@`. The reset gate multiplies `h` before `@ Uh`.",
        'z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])',
    ),
    "gru_scan": (
        "The state is the carry, and also the output of each step.",
        "`lax.scan(f, h0, xs)` with `f(h, x) -> (new, new)`.",
        "def f(h, x):\n    h = gru_step(params, h, x)\n    return h, h\nreturn lax.scan(f, h0, xs)[1]",
    ),
    "teacher_forcing": (
        "At time t the model has seen the noisy values up to t; ask for the clean one at t+1.",
        "Slices along axis 1, and a new last axis.",
        "noisy[:, :-1, None], clean[:, 1:, None]",
    ),
    "train": (
        "One step: simulate, loss and gradient, update. Then scan the step over one key a batch.",
        "`jax.value_and_grad`, `optax.adam`, `jax.vmap(simulate_ou, ...)`, and `lax.scan` over "
        "`jax.random.split(key, num_batches)` under `jit`.",
        "def step(carry, key):\n"
        "    params, state = carry\n"
        "    loss, grads = jax.value_and_grad(mse)(params, *teacher_forcing(*paths(key)))\n"
        "    updates, state = optimizer.update(grads, state)\n"
        "    return (optax.apply_updates(params, updates), state), loss",
    ),
    "free_run": (
        "Two loops in a row: the first eats the warmup, the second its own output.",
        "Scan `step` over the warmup, keep the last output, then `lax.scan` with the carry `(state, y)` and no inputs.",
        "state, ys = lax.scan(step, state, warmup)\n"
        "def again(carry, _):\n"
        "    state, y = carry\n"
        "    return step(state, y), y\n"
        "_, out = lax.scan(again, (state, ys[-1]), None, length=num_steps)",
    ),
}


def normal(rng, *shape, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(np.float32)


def one_key(rng):
    return Key.seed(int(rng.integers(2**31)))


def many_keys(rng, n):
    return Key(rng.integers(2**32, size=(n, 2), dtype=np.uint32))


def scalar(x):
    return np.asarray(x, np.float32)


def gru_params(rng, in_dim, hidden, scale=0.3):
    params = {}
    for gate in "zrh":
        params["W" + gate] = normal(rng, in_dim, hidden)
        params["U" + gate] = normal(rng, hidden, hidden, scale=scale)
        params["b" + gate] = normal(rng, hidden)
    return params


def same(a, b):
    """Equal up to rounding: compiled in another company, the last bits may differ."""
    return np.allclose(a, b, rtol=1e-4, atol=1e-5)


def array_of(value, shape, call):
    """What came back, if it is a float array of `shape`."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        raise CheckFailed(f"{call} did not return one array of floats.")
    if value.shape != shape:
        raise CheckFailed(f"{call} has the shape {value.shape}; it should be {shape}.", lesson="other_shape")
    if not np.isfinite(value).all():
        raise CheckFailed(f"{call} has values that are not finite.")
    return value


def stays_small(student, program, arguments, few=16):
    """Check that the program's size does not grow with the length; `arguments(n)` are those for `n` steps."""
    # Blocks may leave a few steps over, and one length may share a function that another does not: up to 80 operations.
    for short, long, limit in ((few, 2 * few, 1.5 * few), (128, 1280, 115)):
        sizes = [student.run(program_size, program, *arguments(n)) for n in (short, long)]
        if sizes[1] - sizes[0] >= limit:
            message = f"The program has {sizes[0]} operations for {short} steps and {sizes[1]} for {long}."
            raise CheckFailed(message, lesson="written_out")


# ---------------------------------------------------------------- simulate_ou


def ou_path(stubs, key, x0, num_steps):
    """simulate_ou(key, x0, mu=1.0, tau=2.0, sigma=0.5, dt=0.1, num_steps)"""
    return stubs.simulate_ou(key, x0, 1.0, 2.0, 0.5, 0.1, num_steps)


def ou_paths(stubs, keys, x0s, num_steps):
    """vmap of simulate_ou over key and x0"""
    return jax.vmap(lambda key, x0: ou_path(stubs, key, x0, num_steps))(keys, x0s)


def ou_path_of_4(stubs, key, x0):
    """simulate_ou(key, x0, 1.0, 2.0, 0.5, 0.1, 4)"""
    return ou_path(stubs, key, x0, 4)


def starts_of_paths(stubs, num_steps):
    """jit of vmap of simulate_ou: the starts of many paths, and the rest without weight

    Two more draws of the noise are timed with it, on both sides: a key for each step, which is three times the work
    of one draw, stays well inside the limit.
    """

    def start(key, x0):
        path = stubs.simulate_ou(key, x0, 1.0, 2.0, 0.5, 0.1, num_steps)
        draws = [jax.random.normal(jax.random.fold_in(key, i), (num_steps,)) for i in (7, 8)]
        return path[0] + 1e-20 * (path.mean() + draws[0].mean() + draws[1].mean())

    return jax.jit(jax.vmap(start))


def plain_ou_paths(stubs):
    """A loop over time, one operation after the other."""

    def starts(keys, x0s):
        key, x, total = keys[0], x0s, 0.0
        for _ in range(99):
            key, mine = jax.random.split(key)
            x = x + (1.0 - x) / 2.0 * 0.1 + 0.5 * jnp.sqrt(0.1) * jax.random.normal(mine, x0s.shape)
            total = total + x
        return x0s + 1e-20 * total

    return starts


def ou_noise(path, mu, tau, sigma, dt):
    """The N(0, 1) numbers that Euler-Maruyama must have drawn to walk this path."""
    x = path.astype(np.float64)
    return (np.diff(x) - (mu - x[..., :-1]) / tau * dt) / (sigma * math.sqrt(2 * dt / tau))


def paths_stay_small(student, rng):
    stays_small(student, ou_path, lambda n: (one_key(rng), scalar(0.3), n), few=64)


def may_be_long(student, rng):
    """Whether a long path is to be asked for: the program of one that is written out compiles for minutes."""
    try:
        paths_stay_small(student, rng)
    except CheckFailed:
        return False
    except StudentError:
        pass  # it does not compile, so nothing compiles for long
    return True


def long_paths(student, rng, parameters, in_one):
    """About 2,500 kicks as [paths, steps]: `in_one` long path, or in many short ones."""
    if in_one:
        return array_of(student.simulate_ou(one_key(rng), *parameters, 2500), (2500,), "simulate_ou")[None]
    walk = student.run(jitted, "simulate_ou", (6,))
    paths = [walk(one_key(rng), *parameters, 26) for _ in range(100)]
    return np.stack([array_of(path, (26,), "simulate_ou(..., num_steps=26)") for path in paths])


def follows_drift(path, x0, mu, tau, dt):
    steps = np.arange(len(path))
    want = mu + (x0 - mu) * (1 - dt / tau) ** steps
    exact = mu + (x0 - mu) * np.exp(-dt / tau * steps)
    if same(path, want):
        return
    at = f"Without noise, from x0={x0:g} with mu={mu:g}, tau={tau:g}, dt={dt:g}:"
    seen, due = (", ".join(f"{x:.4g}" for x in values) for values in (path, want))
    message = f"{at} {seen} came back; it should be {due}."
    late = mu + (x0 - mu) * (1 - dt / tau) ** (steps + 1)
    if same(path, late):
        raise CheckFailed(message, lesson="starts_at_x0")
    raise CheckFailed(message, lesson="exact_transition" if same(path, exact) else "drift")


def is_ou_noise(noise, dt_over_tau, what):
    """Test that noise recovered from a path is a sequence of independent N(0, 1) draws."""
    spread = float(noise.std())
    lag = max((z_correlation(noise[k:], noise[:-k]) for k in (1, 2, 3, 7)), key=abs)
    # Of 2,500 sizes about 18 pairs are equal to five digits. What a path in float32 hides of its kicks is less.
    few = len(np.unique(np.abs(noise).round(5))) < 0.9 * noise.size
    if spread < 1e-3 or few:
        raise CheckFailed(f"The kicks of {what} repeat themselves.", lesson="same_noise_each_step")
    if abs(lag) > Z_LIMIT:
        message = f"The kicks of {what}, found as what a step moves beyond its drift, depend on those before them."
        raise CheckFailed(message, lesson="kick_moves_x")

    def is_spread(of):
        return abs(spread / of - 1) * math.sqrt(2 * noise.size) < Z_LIMIT

    if not is_spread(1):
        exact = math.sqrt((1 - math.exp(-2 * dt_over_tau)) / (2 * dt_over_tau))
        lesson = "exact_transition" if is_spread(exact) else "noise_scale"
        if lesson == "noise_scale" and is_spread(1 - dt_over_tau):
            lesson = "one_x_a_step"
        raise CheckFailed(f"The kicks of {what} are {spread:.3f} times as large as they should be.", lesson=lesson)
    is_normal(noise, f"the kicks of {what}", lesson="noise_law")
    # Of 2,499 the chance of none is 2e-9; cut off at up to 2.5 and widened to a variance of 1, there is none.
    has_normal_tails(noise, what, reach=2.65)


def has_normal_tails(noise, what, reach):
    """Test that kicks reach as far as so many normal ones do, and their kurtosis."""
    if np.abs(noise).max() < reach:
        raise CheckFailed(f"None of the kicks of {what} is large: they are cut off.", lesson="noise_law")
    kurtosis = float(np.mean(noise**4) / np.mean(noise**2) ** 2)
    # Its standard error is sqrt(24 / n), with a long tail to the right: 8 of them.
    if abs(kurtosis - 3) > 8 * math.sqrt(24 / noise.size):
        raise CheckFailed(
            f"The kicks of {what} have a kurtosis of {kurtosis:.2f}; normal ones have 3.", lesson="noise_law"
        )


@exercise("simulate_ou", trait="law", points=9)
def test_simulate_ou_law(student, rng):
    """From x0 on, each step is the drift plus a kick of its own."""
    for x0, mu, tau, dt in ((3.0, 1.0, 2.0, 0.1), (-1.0, 0.5, 1.0, 0.5)):
        path = student.simulate_ou(one_key(rng), scalar(x0), mu, tau, 0.0, dt, 7)
        if np.shape(path) in ((6,), (8,)):
            message = f"With num_steps=7, {len(path)} values came back: x0 and six steps are seven."
            raise CheckFailed(message, lesson="starts_at_x0")
        follows_drift(array_of(path, (7,), "simulate_ou(..., num_steps=7)"), x0, mu, tau, dt)
    in_one = may_be_long(student, rng)
    for mu, tau, sigma, dt in ((1.0, 2.0, 0.5, 0.1), (-0.5, 1.0, 2.0, 0.5)):
        x0 = scalar(rng.normal())
        paths = long_paths(student, rng, (x0, mu, tau, sigma, dt), in_one)
        if not same(paths[:, 0], np.full(len(paths), x0)):
            raise CheckFailed(f"It starts at {paths[0, 0]:g}; x0 is {float(x0):g}.", lesson="starts_at_x0")
        noise = ou_noise(paths, mu, tau, sigma, dt)
        is_ou_noise(noise.ravel(), dt / tau, f"a path with mu={mu:g}, tau={tau:g}, sigma={sigma:g}, dt={dt:g}")
        are_uncorrelated(noise, paths[:, :-1], "The kicks and the path they act on", lesson="drift")
    with contextlib.suppress(StudentError):  # what does not map fails in another check
        paths = student.run(ou_paths, many_keys(rng, 100_000), np.zeros(100_000, np.float32), 9)
        noise = ou_noise(array_of(paths, (100_000, 9), "vmap of simulate_ou over key and x0"), 1.0, 2.0, 0.5, 0.1)
        # Few numbers, as from keys that are not heard, say nothing. Of 800,000 about 50 are beyond 4, and the sums of
        # 12 uniform ones have a kurtosis of 2.9.
        if len(np.unique(noise[:, 0])) > 10_000:
            has_normal_tails(noise, "100,000 paths of 9 steps", reach=4)


@exercise("simulate_ou", trait="keys", points=3, lesson="key_unheard")
def test_simulate_ou_keys(student, rng):
    """The key decides: another key, independent kicks; the same key, the same path."""
    one, other = rng.integers(2**32, size=(2, 2), dtype=np.uint32)
    # Keys that differ in one of their two words are other keys.
    keys = Key(np.stack([one, one, [one[0], other[1]], [other[0], one[1]]]))
    steps = 1200 if may_be_long(student, rng) else 100
    paths = student.run(ou_paths, keys, np.ones(4, np.float32), steps)
    paths = array_of(paths, (4, steps), "vmap of simulate_ou over key and x0")
    if not same(paths[0], paths[1]):
        raise CheckFailed("The same key gave two different paths.")
    kicks = ou_noise(paths[1:], 1.0, 2.0, 0.5, 0.1)
    for a, b in itertools.combinations(kicks, 2):
        are_uncorrelated(a, b, "The kicks of two keys")
    is_normal(kicks, "the kicks of three keys", lesson="noise_law")
    said = student.run(reused_key, ou_path_of_4, Key(one), scalar(1.0))
    if said:
        raise CheckFailed(f"A key is consumed twice: {said}", lesson="same_noise_each_step")


@exercise("simulate_ou", trait="trace", points=5, lesson="not_transformable")
def test_simulate_ou_trace(student, rng):
    """It maps over keys and starts, compiles, and its program does not grow with num_steps."""
    paths_stay_small(student, rng)
    keys, x0s = many_keys(rng, 600), normal(rng, 600)
    paths = array_of(student.run(ou_paths, keys, x0s, 9), (600, 9), "vmap of simulate_ou over key and x0")
    if not same(paths[:, 0], x0s):
        raise CheckFailed("Mapped over x0, the paths do not start at their x0.", lesson="starts_at_x0")
    noise = ou_noise(paths, 1.0, 2.0, 0.5, 0.1)
    for step in noise.T:
        is_normal(step, "the kicks of one step over many keys", lesson="noise_law")
    for later in range(1, 8):
        lesson = "same_noise_each_step"
        are_uncorrelated(noise[:, 0], noise[:, later], "The kicks of two steps over many keys", lesson=lesson)
    # What all kicks of a path have in common, such as a mean of zero, shows more in their sum than in any pair.
    is_normal(noise.sum(1), "the sums of eight kicks", std=math.sqrt(8), lesson="same_noise_each_step")
    are_uncorrelated(noise[:-1], noise[1:], "The kicks of neighbouring paths", lesson="key_unheard")
    first = Key(keys.data[0]), scalar(x0s[0])
    parameters = 1.0, 2.0, 0.5, 0.1, 9
    compiled = student.run(call_jitted, "simulate_ou", *first, *parameters, static_argnums=(6,))
    if not same(array_of(compiled, (9,), "jit of simulate_ou"), paths[0]):
        raise CheckFailed("Compiled and mapped, one key gives two different paths.")
    alone = array_of(student.run(ou_path, *first, 1), (1,), "simulate_ou with num_steps=1")
    if not same(alone[0], x0s[0]):
        raise CheckFailed("With num_steps=1 it does not return x0 alone.", lesson="starts_at_x0")


@exercise("simulate_ou", trait="speed", points=3, on_gpu=True, lesson="wasted_work")
def test_simulate_ou_speed(student, race, rng):
    """Many long paths take one pass over the noise."""
    paths_stay_small(student, rng)
    paths = 800
    race(
        starts_of_paths,
        100,
        inputs=lambda: (many_keys(rng, paths), normal(rng, paths)),
        baseline=plain_ou_paths,
    )


# ---------------------------------------------------------------- init_gru


def gru_shapes(in_dim, hidden):
    rows = {"W": (in_dim, hidden), "U": (hidden, hidden), "b": (hidden,)}
    return {kind + gate: rows[kind] for kind in "WUb" for gate in "zrh"}


def gru_arrays(params, in_dim, hidden):
    """The nine arrays, if they are there."""
    shapes = gru_shapes(in_dim, hidden)
    if not isinstance(params, dict) or not shapes.keys() <= params.keys():
        raise CheckFailed(f"A dict with the keys {', '.join(shapes)} was promised.", lesson="gru_layout")
    for name, shape in shapes.items():
        array = params[name]
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype != np.float32:
            kind = f"{array.dtype}{list(array.shape)}" if isinstance(array, np.ndarray) else type(array).__name__
            message = f"init_gru(key, {in_dim}, {hidden})[{name!r}] is {kind}; it should be float32{list(shape)}."
            raise CheckFailed(message, lesson="gru_layout")
        if not np.isfinite(array).all():
            raise CheckFailed(f"{name} has values that are not finite.")
    return {name: params[name].astype(np.float64) for name in shapes}


def has_spread(x, std, what, lesson):
    """Test mean 0 and standard deviation `std` for a law with tails no heavier than the normal's."""
    spread = math.sqrt(float(np.mean(x**2)))
    if abs(z_mean(x, 0.0, std)) > Z_LIMIT or abs(spread / std - 1) * math.sqrt(2 * x.size) > Z_LIMIT:
        seen = f"mean {x.mean():.4f} and standard deviation {x.std():.4f}"
        raise CheckFailed(f"{what} has {seen}; 0 and {std:.4f} were promised.", lesson=lesson)


def is_cut_normal(x, std, what, lesson):
    """Test for a normal law of standard deviation `std`, plain or cut off anywhere, by all sizes of many entries."""
    sizes = np.sort(np.abs(x), axis=None) / std
    few = np.linspace(0, x.size - 1, 4096).astype(int)
    cut, whole = cut_that_reaches(sizes[-1])
    inside = math.erf(cut / math.sqrt(2))
    due = [math.erf(min(cut, size * whole) / math.sqrt(2)) / inside for size in sizes[few]]
    # The chance that a right one is off by more is 3e-8 (Kolmogorov, Smirnov).
    if np.abs(due - (few + 0.5) / x.size).max() > 3 / math.sqrt(x.size):
        raise CheckFailed(f"The entries of {what} have the spread of a normal, and not its shape.", lesson=lesson)


def cut_that_reaches(reach):
    """Where to cut off N(0, 1) so that the rest ends at `reach` of its standard deviations; and that deviation."""
    low, high = 0.1, 9.0
    for _ in range(40):
        cut = (low + high) / 2
        bell = math.exp(-cut * cut / 2) / math.sqrt(2 * math.pi)
        deviation = math.sqrt(1 - 2 * cut * bell / math.erf(cut / math.sqrt(2)))
        low, high = (cut, high) if cut < reach * deviation else (low, cut)
    return cut, deviation


def has_free_lines(x, std, what):
    """Test that no entry is another's copy, and that rows and columns have lengths of their own."""
    if len(np.unique(np.abs(x))) < 0.8 * x.size:
        raise CheckFailed(f"Many entries of {what} are equal, or are so but for the sign.", lesson="entries_depend")
    for axis, lines in enumerate(("columns", "rows")):
        squares = np.sum(x**2, axis) / (std**2 * x.shape[axis])
        # For a normal it is 2, for one cut off at two standard deviations 1.4; 80 rows are far from 0.2.
        if squares.var() * x.shape[axis] < 0.2:
            raise CheckFailed(f"The {lines} of {what} are all of the same length.", lesson="entries_depend")


def init_gru_40_40(stubs, key):
    """init_gru(key, 40, 40)"""
    return stubs.init_gru(key, 40, 40)


@exercise("init_gru", trait="law", points=6)
def test_init_gru_law(student, rng):
    """Nine arrays, Glorot normal weights and small normal biases."""
    params = gru_arrays(student.init_gru(one_key(rng), 80, 640), 80, 640)
    for name, x in params.items():
        if name[0] == "b":
            continue
        std = math.sqrt(2 / sum(x.shape))
        has_spread(x, std, name, "glorot_fans")
        has_free_lines(x, std, name)
        # 3 for a normal, 2.37 for one cut off at two standard deviations, 1.8 for a uniform.
        kurtosis = float(np.mean(x**4) / np.mean(x**2) ** 2)
        if not 2.2 < kurtosis < 3.2:
            raise CheckFailed(f"{name} has a kurtosis of {kurtosis:.2f}; a normal has 3.", lesson="not_normal")
        is_cut_normal(x, std, name, "not_normal")
    matrices = [x for name, x in params.items() if name[0] != "b"]
    # The chance that six right ones are all so close is 1e-9, by mean as by spread.
    for moment, due in ((1, 0), (2, 1)):
        errors = [math.sqrt(x.size) * abs(np.mean((x * math.sqrt(sum(x.shape) / 2)) ** moment) - due) for x in matrices]
        if max(errors) < 0.04:
            said = "The mean of each matrix is 0" if moment == 1 else "The spread of each matrix is Glorot's"
            raise CheckFailed(f"{said}, nearly to the last digit.", lesson="entries_depend")
    biases = np.concatenate([params["b" + gate] for gate in "zrh"])
    has_spread(biases, 1e-2, "The array of all biases", "bias_scale")
    kurtosis = float(np.mean(biases**4) / np.mean(biases**2) ** 2)
    # Of 1,920 normal draws its standard error is 0.11.
    if len(np.unique(params["bz"])) < 320 or not 2 < kurtosis < 4.2:
        raise CheckFailed("The biases are no normal draws.", lesson="bias_scale")


@exercise("init_gru", trait="keys", points=4, lesson="one_key_many_arrays")
def test_init_gru_keys(student, rng):
    """Every array comes from its own key."""
    key = one_key(rng)
    # Where one gets by adding 1 to a key's numbers, to both or to the last.
    neighbours = (Key(key.data + np.array(more, np.uint32)) for more in ((1, 1), (0, 1)))
    first, again, *others = (gru_arrays(student.init_gru(k, 40, 40), 40, 40) for k in (key, key, *neighbours))
    for a, b in itertools.combinations(first, 2):
        n = min(first[a].size, first[b].size)
        for x in (first[a], first[a].T):
            are_uncorrelated(x.ravel()[:n], first[b].ravel()[:n], f"{a} and {b}", lesson="one_key_many_arrays")
    for bias, name in itertools.product(("bz", "br", "bh"), ("Wz", "Wr", "Wh", "Uz", "Ur", "Uh")):
        lines = np.concatenate([first[name], first[name].T])
        # The chance that independent ones reach it is 1e-12, over all of them.
        if np.abs(np.corrcoef(lines, first[bias])[-1, :-1]).max() > 0.9:
            raise CheckFailed(f"{bias} is a part of {name}, scaled.")
    if any(not same(first[name], again[name]) for name in first):
        raise CheckFailed("The same key gave two different sets of weights.", lesson="key_unheard")
    for other, name in itertools.product(others, first):
        if any(same(first[name], array) for array in other.values()):
            raise CheckFailed("Two keys gave the same weights.", lesson="key_unheard")
    said = student.run(reused_key, init_gru_40_40, key)
    if said:
        raise CheckFailed(f"A key is consumed twice: {said}")


# ---------------------------------------------------------------- gru_step


def grad_of_step(stubs, params, h, x):
    """grad of the sum of squares of gru_step(params, h, x), for all three"""
    return jax.grad(lambda *args: jnp.sum(stubs.gru_step(*args) ** 2), argnums=(0, 1, 2))(params, h, x)


def mapped_step(stubs, params, hs, xs):
    """jit of vmap of gru_step over h and x"""
    return jax.jit(jax.vmap(stubs.gru_step, in_axes=(None, 0, 0)))(params, hs, xs)


def one_idea_each(rng):
    """(lesson, params, h, x): weights of which most are zero, so that only one idea can be missed."""
    params, h, x = gru_params(rng, 3, 5), normal(rng, 5), normal(rng, 3)
    nothing = {name: np.zeros_like(array) for name, array in params.items()}
    inverse = x[:, None] / math.hypot(*x.tolist()) ** 2
    to_twenty = np.repeat(20 * inverse, 5, 1).astype(np.float32)  # x @ to_twenty is 20 everywhere
    diagonal = np.diag(1 + rng.uniform(size=5)).astype(np.float32)  # before or after it, r does the same

    def only(**arrays):
        return {name: np.asarray(array, np.float32) for name, array in (nothing | arrays).items()}

    def own(*names):
        return {name: params[name] for name in names}

    yield "z_keeps_the_old", only(Wz=to_twenty), h, x
    yield "gates_mixed", only(**own("Wz", "Wr", "Wh")), np.zeros_like(h), x
    yield "state_or_input_side", only(**own("Uz")), h, x
    yield "own_bias", only(**own("bz"), bh=np.copysign(20, params["bh"])), h, x
    yield "reset_before_product", only(Wr=-to_twenty, **own("Uh")), h, x
    yield "gates_mixed", only(**own("Wr", "Ur"), Uh=diagonal), h, x
    yield "own_bias", only(**own("br"), Uh=diagonal), h, x
    yield "reset_before_product", only(**own("Wr", "Ur", "Wh", "Uh", "bh")), h, x


@exercise("gru_step", trait="values", points=12, lesson="state_or_input_side")
def test_gru_step_values(student, reference, rng):
    """One step is the four formulas, for any sizes."""
    for lesson, *args in one_idea_each(rng):
        agree(student, reference, "gru_step", *args, rtol=1e-4, atol=2e-5, lesson=lesson)
    for in_dim, hidden in ((3, 5), (4, 4), (6, 2), (1, 1), (1, 12)):
        args = gru_params(rng, in_dim, hidden), normal(rng, hidden), normal(rng, in_dim)
        agree(student, reference, "gru_step", *args, rtol=1e-4, atol=2e-5, lesson="gates_mixed")


@exercise("gru_step", trait="values", points=2, lesson="unstable_formula")
def test_gru_step_saturated(student, reference, rng):
    """Saturated gates are 0 or 1, and nothing overflows."""
    params = gru_params(rng, 3, 4, scale=1.0)
    x = 200 * np.sign(normal(rng, 3)) * (1 + rng.uniform(size=3)).astype(np.float32)
    agree(student, reference, "gru_step", params, normal(rng, 4), x, rtol=1e-3, atol=1e-3)
    # Where z is 1 a state stays as it was, and may be large.
    kept = params | {"bz": params["bz"] + np.float32(1e4)}
    agree(student, reference, "gru_step", kept, normal(rng, 4, scale=30.0), x, rtol=1e-3, atol=1e-3)


@exercise("gru_step", trait="trace", points=6, lesson="not_transformable")
def test_gru_step_trace(student, reference, rng):
    """It compiles, maps over a batch and has the right gradients."""
    for in_dim, hidden in ((2, 3), (3, 3)):
        params = gru_params(rng, in_dim, hidden)
        batch = normal(rng, 4, hidden), normal(rng, 4, in_dim)
        agree(student, reference, mapped_step, params, *batch, rtol=1e-4, atol=2e-5)
        agree(student, reference, grad_of_step, params, batch[0][0], batch[1][0], rtol=1e-3, atol=1e-4)


# ---------------------------------------------------------------- gru_scan


def grad_of_scan(stubs, params, h0, xs):
    """grad of the sum of squares of gru_scan(params, h0, xs), for all three"""
    return jax.grad(lambda *args: jnp.sum(stubs.gru_scan(*args) ** 2), argnums=(0, 1, 2))(params, h0, xs)


def mapped_scan(stubs, params, h0, batch):
    """jit of vmap of gru_scan over sequences"""
    return jax.jit(jax.vmap(stubs.gru_scan, in_axes=(None, None, 0)))(params, h0, batch)


def scan_program(stubs, params, h0, xs):
    """gru_scan(params, h0, xs)"""
    return stubs.gru_scan(params, h0, xs)


def compiled_scan(stubs):
    """jit of gru_scan"""
    return jax.jit(stubs.gru_scan)


def plain_scan(stubs):
    """A loop over time, one operation after the other."""

    def scan(params, h, xs):
        hs = []
        for x in xs:
            z, r = (jax.nn.sigmoid(x @ params["W" + g] + h @ params["U" + g] + params["b" + g]) for g in "zr")
            h = z * h + (1 - z) * jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
            hs.append(h)
        return jnp.stack(hs)

    return scan


def scan_arguments(rng, length):
    return gru_params(rng, 2, 3), normal(rng, 3), normal(rng, length, 2)


def steps_one_by_one(stubs, params, h0, xs):
    """gru_step(params, h, x), step after step"""
    hs = [h0]
    for x in xs:
        hs.append(stubs.gru_step(params, hs[-1], x))
    return jnp.stack(hs[1:])


def agree_on_states(student, reference, params, h0, xs, lesson):
    try:
        agree(student, reference, "gru_scan", params, h0, xs, rtol=1e-4, atol=5e-5, lesson=lesson)
    except CheckFailed as failure:
        hs, steps = student.gru_scan(params, h0, xs), None
        with contextlib.suppress(StudentError):
            steps = student.run(steps_one_by_one, params, h0, xs)
        if isinstance(hs, np.ndarray) and isinstance(steps, np.ndarray) and hs.shape == steps.shape and same(hs, steps):
            message = (
                "These are the states that your `gru_step` makes, and it makes others than it should: mend it first."
            )
            raise CheckFailed(message, lesson="step_makes_them", evidence=failure.evidence) from None
        raise


@exercise("gru_scan", trait="values", points=7, lesson="every_state")
def test_gru_scan_values(student, reference, rng):
    """hs[t] is the state after xs[t], from h0 on."""
    params, h0, xs = gru_params(rng, 2, 3), normal(rng, 3), normal(rng, 5, 2)
    # From zero a state before the step is no state after one; then h0 shows, then that the state is carried.
    agree_on_states(student, reference, params, np.zeros_like(h0), xs[:1], "every_state")
    for length, in_dim, hidden in ((1, 3, 2), (7, 2, 3), (4, 4, 4), (3, 1, 5), (20, 1, 12)):
        args = gru_params(rng, in_dim, hidden), normal(rng, hidden), normal(rng, length, in_dim)
        agree_on_states(student, reference, *args, "state_not_carried")


@exercise("gru_scan", trait="trace", points=4, lesson="not_transformable")
def test_gru_scan_trace(student, reference, rng):
    """Its program does not grow with the length; it compiles, maps and has the right gradients."""
    stays_small(student, scan_program, partial(scan_arguments, rng))
    params, h0 = gru_params(rng, 2, 3), normal(rng, 3)
    agree(student, reference, mapped_scan, params, h0, normal(rng, 4, 5, 2), rtol=1e-4, atol=5e-5)
    agree(student, reference, grad_of_scan, params, h0, normal(rng, 150, 2), rtol=1e-3, atol=5e-4)


@exercise("gru_scan", trait="speed", points=4, on_gpu=True, lesson="wasted_work")
def test_gru_scan_speed(student, race, rng):
    """A long sequence takes one pass."""
    stays_small(student, scan_program, partial(scan_arguments, rng))
    params = gru_params(rng, 16, 64, scale=0.1)
    race(compiled_scan, inputs=lambda: (params, normal(rng, 64), normal(rng, 200, 16)), baseline=plain_scan)


# ---------------------------------------------------------------- teacher_forcing


@exercise("teacher_forcing", trait="values", points=3)
def test_teacher_forcing_values(student, reference, rng):
    """Inputs are the noisy past, targets the clean value one step later."""
    for shape in ((3, 6), (5, 5), (8, 3)):
        agree(student, reference, "teacher_forcing", normal(rng, *shape), normal(rng, *shape))


@exercise("teacher_forcing", trait="values", points=2, lesson="one_step_ahead")
def test_teacher_forcing_edges(student, reference, rng):
    """One path, and paths of two steps."""
    for shape in ((1, 2), (1, 9), (2, 2)):
        agree(student, reference, "teacher_forcing", normal(rng, *shape), normal(rng, *shape))


# ---------------------------------------------------------------- train


def noisy_paths(rng, batch, length):
    """(clean, noisy) paths of the process that `train` is about."""
    clean = np.empty((batch, length))
    clean[:, 0] = rng.uniform(size=batch)
    for t in range(1, length):
        kick = 0.5 * math.sqrt(2 * 0.1 / 2.0) * rng.normal(size=batch)
        clean[:, t] = clean[:, t - 1] + (1.0 - clean[:, t - 1]) / 2.0 * 0.1 + kick
    noisy = clean + math.sqrt(0.1) * rng.normal(size=clean.shape)
    return clean.astype(np.float32), noisy.astype(np.float32)


def trained(student, key, num_batches, batch_size, num_steps, hidden, learning_rate):
    """(predict, losses) of a training, if they are what was promised."""
    result = student.train(key, num_batches, batch_size, num_steps, hidden, learning_rate)
    if not isinstance(result, tuple | list) or len(result) != 2 or not callable(result[0]):
        raise CheckFailed("`train` should return (predict, losses), and predict is a function.")
    try:
        losses = np.asarray(result[1], np.float64)
    except (TypeError, ValueError):
        raise CheckFailed("The losses are not numbers.") from None
    if losses.shape != (num_batches,):
        raise CheckFailed(f"The losses have the shape {losses.shape}; it should be {(num_batches,)}.")
    if not np.isfinite(losses).all():
        raise CheckFailed("Some losses are not finite.", lesson="does_not_learn")
    return result[0], losses


def predicted(predict, inputs):
    """predict(inputs[batch, T]) as [batch, T]."""
    shape = (*inputs.shape, 1)
    value = array_of(predict(inputs[..., None]), shape, f"predict(inputs{list(shape)})")
    return value[..., 0].astype(np.float64)


def agrees_with_kalman(predict, losses, by_long_steps, rng):
    """Test the error against the filter's, on paths of the length trained on; long steps are three times the others."""
    clean, noisy = noisy_paths(rng, 12000, 10)
    floor = kalman_mse(clean, noisy)
    errors = ((predicted(predict, noisy[:, :-1]) - clean[:, 1:]) ** 2).mean(1)
    error = float(errors.mean())
    tail = float(losses[-200:].mean())
    report = f"Error on new paths {error:.4f}, last losses {tail:.4f}; the Kalman filter's error is {floor:.4f}."
    falls = tail < 0.9 * losses[:5].mean()
    if falls and error < 2 * floor:
        have_paths_of_their_own(losses[-200:], errors, 64)
    # Below the filter's error there is only luck: of right answers `tail / floor` is 1.02, its standard error 0.01.
    # Adam without its memory, the signs of the gradients alone, ends at 1.15, and by long steps at 1.4 to 1.5; Adam
    # by those at 1.02 too.
    rough = float(by_long_steps[-200:].mean())
    if falls and 0.93 < error / floor < 1.12 and 0.96 < tail / floor < 1.1:
        if rough < 1.2 * floor:
            return
        report = f"At a rate of 0.03 the last losses are {rough:.4f}; the Kalman filter's error is {floor:.4f}."
    if error < 0.93 * floor:
        lesson = "peeks_ahead"
    elif not falls:
        lesson = "does_not_learn"
    elif np.diff(losses[-200:]).std() < 0.03 * tail:
        lesson = "stale_batch"
    elif error > 2 * floor or rough > 1.15 * tail or (1.06 < error / floor < 1.25 and abs(tail - error) < 0.1 * floor):
        lesson = "does_not_learn"
    elif error < 1.12 * floor and 0.45 < tail / floor < 0.55:
        lesson = "loss_is_a_mean"
    elif tail > 1.6 * floor and error < 1.3 * floor:
        lesson = "training_pairs" if tail < 0.5 else "loss_is_a_mean"
    elif tail < (0.85 if error < 1.3 * floor else 0.45) * floor:
        lesson = "training_pairs"
    else:
        lesson = "training_data"
    raise CheckFailed(report, lesson=lesson)


def have_paths_of_their_own(losses, errors, batch_size, least=0.0):
    """Test that the losses vary like the means of `batch_size` independent paths; `errors` has one for each path."""
    spread = batch_size * (losses.std() / losses.mean()) ** 2 / (errors.std() / errors.mean()) ** 2
    # 0.7 to 1.3 for independent paths, 6 and more for paths that share their noise or their start.
    if not least < spread < 3:
        raise CheckFailed(
            f"The losses of batches of {batch_size} vary {spread:.2g} times as much as those of independent paths do.",
            lesson="batch_size_unheard" if spread < least else "paths_alike",
        )


@exercise("train", trait="learns", points=10, lesson="does_not_learn")
def test_train_learns(student, rng):
    """After 800 batches its error is that of the Kalman filter, the best there is."""
    predict, losses = trained(student, one_key(rng), 800, 64, 10, 12, 1e-2)
    _, by_long_steps = trained(student, one_key(rng), 800, 64, 10, 12, 3e-2)
    agrees_with_kalman(predict, losses, by_long_steps, rng)


def held_weights(_, predict, inputs):
    """all floats that predict holds, in one vector: none where JAX cannot trace it"""
    found = {}

    def visit(program):
        for array in getattr(program, "consts", ()):
            if jnp.issubdtype(jnp.result_type(array), jnp.floating):
                found[id(array)] = np.ravel(np.asarray(array, np.float32))
        for equation in program.eqns:
            for inner in jax.tree.leaves(equation.params, is_leaf=lambda x: hasattr(x, "eqns")):
                if hasattr(inner, "eqns"):
                    visit(inner)

    with contextlib.suppress(Exception):
        visit(jax.make_jaxpr(lambda x: predict(x))(inputs))
    return np.concatenate([np.zeros(0, np.float32), *found.values()])


def is_a_gru(held, hidden):
    """Test the number of weights, where all that lie between state and state are seen."""
    if hidden**2 <= held.size < 3 * hidden**2:
        message = f"With hidden={hidden}, predict holds {held.size:,} numbers. The matrices Uz, Ur and Uh have "
        raise CheckFailed(f"{message}{3 * hidden**2:,} alone.", lesson="three_sets")


def has_moved_as_adam(held, further):
    """Test the first step of Adam, one learning rate for each weight; these are 0.01 and 1."""
    if held.size != further.size or np.array_equal(held, further):
        return
    steps = (held - further) / 0.99
    moves = np.abs(steps)
    # What has next to no gradient moves less, as Adam divides by its size plus 1e-8.
    far = float(np.quantile(moves[moves > 0], 0.9))
    if not 0.9 < far < 1.05:
        message = (
            f"In the first step, of ten weights nine move by {far:.2g} learning rates or less; Adam moves them by one."
        )
        raise CheckFailed(message, lesson="not_adam")
    # Where gradients are large, Adam's steps are equal to seven digits; a decay of 1e-4 adds to those towards zero.
    weights = held + 0.01 * steps
    towards = np.sign(weights) == np.sign(steps)
    if towards.any() and not towards.all():
        inward, outward = (float(np.quantile(moves[way], 0.997)) for way in (towards, ~towards))
        if inward - outward > 3e-6:
            message = "Steps towards zero are longer than those away from it: beside Adam's step the weights decay."
            raise CheckFailed(message, lesson="not_adam")


@exercise("train", trait="values", points=3, lesson="zero_state")
def test_train_predict(student, rng):
    """predict is a GRU after steps of Adam; it takes any batch and length and looks neither ahead nor at other rows."""
    key, noisy = one_key(rng), normal(rng, 3, 8)
    predict, _ = trained(student, key, 1, 4, 5, 96, 1e-2)
    further, _ = trained(student, key, 1, 4, 5, 96, 1.0)
    held, moved = (student.run(held_weights, p, noisy[..., None]) for p in (predict, further))
    is_a_gru(held, 96)
    has_moved_as_adam(held, moved)
    whole = predicted(predict, noisy)
    later = noisy.copy()
    later[:, 5:] += 3.0
    if not same(predicted(predict, later)[:, :5], whole[:, :5]):
        raise CheckFailed("Other inputs from t=5 on change the outputs before t=5.", lesson="peeks_ahead")
    for rows, length in ((slice(0, 1), 8), (slice(1, 3), 4), (slice(0, 3), 1)):
        part = noisy[rows, :length]
        if not same(predicted(predict, part), whole[rows, :length]):
            raise CheckFailed(f"On a part of the inputs, {list(part.shape)} of [3, 8], the outputs are other numbers.")


def short_training(stubs, key):
    """train(key, 2, 2, 3, 2, 1e-3)"""
    return stubs.train(key, 2, 2, 3, 2, 1e-3)[1]


def watched_training(stubs, *arguments):
    """The losses of train(key, ...), and what JAX's key-reuse checker says of it"""
    said = ""
    try:
        with jax.debug_key_reuse(True):
            _, losses = stubs.train(*arguments)
    except jax.errors.KeyReuseError:
        said = reused_key(stubs, short_training, arguments[0])
        _, losses = stubs.train(*arguments)
    return np.asarray(losses, np.float64), said


@exercise("train", trait="keys", points=3, lesson="stale_batch")
def test_train_fresh(student, rng):
    """Each step is Adam's, on a fresh batch of the right process; the key decides the weights too."""
    predict, losses = trained(student, one_key(rng), 1000, 32, 3, 4, 1e-12)
    key, sizes = one_key(rng), (600, 1024, 2, 4)
    other, still = trained(student, key, *sizes, 1e-12)
    moving, said = student.run(watched_training, key, *sizes, 1e-5)
    if np.abs(still - moving).max() < 1e-3 * still.std():
        raise CheckFailed("The losses are the same for other learning rates.", lesson="not_adam")
    repeats = len(np.unique(losses.round(7))) < 850 or abs(z_correlation(losses[1:], losses[:-1])) > Z_LIMIT
    if losses.std() == 0 or repeats:
        raise CheckFailed("With a learning rate of nearly zero the losses repeat themselves: the batches do.")
    clean, noisy = noisy_paths(rng, 40000, 3)
    seen = predicted(predict, noisy[:, :-1])
    errors = ((seen - clean[:, 1:]) ** 2).mean(1)
    gap = losses.mean() - errors.mean()
    if abs(gap) > Z_LIMIT * math.sqrt(losses.var() / losses.size + errors.var() / errors.size):
        seen = f"the mean loss is {losses.mean():.4f}, on new paths {errors.mean():.4f}."
        raise CheckFailed(f"With a learning rate of nearly zero {seen}", lesson="training_data")
    # Of 1,000 losses it is 1.00, its standard error 0.05; batches of twice as many paths make it 0.5.
    have_paths_of_their_own(losses, errors, 32, least=0.7)
    first = predicted(other, noisy[:, :1])[:, 0]
    # A last layer that starts at zero says the same for every key, and for every input.
    if seen.std() > 1e-3 and same(first, seen[:, 0]):
        raise CheckFailed("Two keys start from the same weights.", lesson="key_unheard")
    have_paths_of_their_own(still, (first - clean[:, 1]) ** 2, 1024)
    steps_are_equal(still, moving)
    if said:
        raise CheckFailed(f"A key is consumed twice: {said}", lesson="key_used_twice")


def steps_are_equal(still, moving):
    """Test that each step goes equally far; the losses are those of one key, at rates of zero and of nearly zero."""
    # One key has one start and the same batches: only the way gone parts the two, and large batches agree on it.
    gains = still - moving
    ratio = gains[36:45].mean() / gains[1:5].mean()
    # 40 equal steps over 2.5 are 16; of RMSprop's, long at first, they are 8, and of momentum's, short at first, 67.
    if not 10 < ratio < 25:
        raise CheckFailed(
            f"After 40 steps the loss has come down {ratio:.1f} times as far as after the first few; Adam's steps are "
            "about equally long, which makes 16.",
            lesson="not_adam",
        )
    # 495 equal steps more make it 5.9; where the rate is halved every 200 they make 3.5, on half a cosine 3.
    ratio = gains[590:600].mean() / gains[95:105].mean()
    if not 4.4 < ratio < 8:
        raise CheckFailed(
            f"After 600 batches the loss has come down {ratio:.1f} times as far as after 100: the steps do not stay as "
            "long as the rate says.",
            lesson="not_adam",
        )


def tiny_loop(stubs):
    """A training written as a Python loop over a compiled step, at sizes where the step itself takes no time"""
    optimizer = optax.adam(1e-3)

    def loss(params, key):
        clean = jnp.cumsum(jax.random.normal(key, (2, 3)), 1)
        return sum(jnp.mean((clean - jnp.sum(p)) ** 2) for p in params)

    @jax.jit
    def step(params, state, key):
        key, mine = jax.random.split(key)
        value, grads = jax.value_and_grad(loss)(params, mine)
        updates, state = optimizer.update(grads, state)
        return optax.apply_updates(params, updates), state, key, value

    def run(key, num_batches):
        params = [jnp.zeros((2, 2))] * 13
        state = optimizer.init(params)
        for _ in range(num_batches):
            params, state, key, value = step(params, state, key)
        return value

    return run


@exercise("train", trait="speed", points=4, lesson="loop_not_compiled", slow="loop_not_compiled")
def test_train_speed(student, rng):
    """A batch costs its arithmetic, and no call of its own; another key, other batches."""
    loop, sizes = student.run(tiny_loop), (1, 2, 1, 1e-12)
    loop(one_key(rng), 10)
    # The least of several runs: noise only adds.
    plain = min(cpu_cost(student, loop, one_key(rng), 2000)[1] for _ in range(5)) / 2000
    _, few = trained(student, one_key(rng), 300, *sizes)  # the first compilation costs more than others
    base = min(cpu_cost(student, trained, student, one_key(rng), 300, *sizes)[1] for _ in range(2))
    for batches in (10000, 40000):
        (_, many), seconds = cpu_cost(student, trained, student, one_key(rng), batches, *sizes)
        if abs(z_correlation(np.log(few + 1e-9), np.log(many[:300] + 1e-9))) > Z_LIMIT:
            raise CheckFailed("Two keys gave the same losses.", lesson="key_unheard")
        each = (seconds - base) / (batches - 300)
        if each < 0.6 * plain:
            return
        if surely_over(seconds, base, 0.6 * plain * (batches - 300)):
            break
    mine, call = 1e6 * each, 1e6 * plain
    raise CheckFailed(f"A batch of one path takes {mine:.0f} µs; calling a compiled step takes {call:.0f} µs.")


# ---------------------------------------------------------------- free_run


def leaky_step(state, x):
    state = 0.7 * state + x
    return state, 0.5 * state - 0.1


def stateless_step(state, x):
    return state, 0.3 + 0.5 * x


def counting_step(state, x):
    state = {"total": 0.9 * state["total"] + jnp.stack([x, -x]), "count": state["count"] + 1}
    return state, jnp.sin(state["total"][0]) + 0.1 * state["count"]


def noisy_step(state, x):
    key, draw = jax.random.split(state["key"])
    return {"key": key}, 0.5 * x + 0.1 * jax.random.normal(draw)


def memory_step(state, x):
    last, (before, _) = state
    return (x, (last, before)), 0.6 * x - 0.3 * last + 0.2 * before


def free_states(rng):
    """(step, a state for it), from an array to trees."""
    yield leaky_step, scalar(rng.normal())
    yield stateless_step, ()
    yield counting_step, {"total": normal(rng, 2), "count": np.asarray(3, np.int32)}
    yield memory_step, (scalar(0.5), (scalar(-1.0), scalar(2.0)))
    yield noisy_step, {"key": one_key(rng)}


def leaky_run(stubs, state, warmup, num_steps):
    """free_run(leaky_step, state, warmup, num_steps)"""
    return stubs.free_run(leaky_step, state, warmup, num_steps)


def counting_runs(stubs, state, warmups):
    """jit of vmap of free_run over warmups, with a state that is a dict, for 4 steps"""
    return jax.jit(jax.vmap(lambda warmup: stubs.free_run(counting_step, state, warmup, 4)))(warmups)


def slope_of_run(stubs, state, warmup):
    """grad of the sum of free_run(leaky_step, state, warmup, 5) for warmup"""
    return jax.grad(lambda warmup: jnp.sum(stubs.free_run(leaky_step, state, warmup, 5)))(warmup)


@exercise("free_run", trait="values", points=6, lesson="warmup_is_heard")
def test_free_run_values(student, reference, rng):
    """The model hears the warmup, then itself."""
    runs = ((1, 1, 0.0), (3, 1, 0.0), (6, 5, 0.0), (4, 4, 0.0), (1, 3, 40.0), (3, 5, 0.0))
    questions = [
        ("free_run", (leaky_step, scalar(start + rng.normal()), normal(rng, heard), said), {})
        for heard, said, start in runs
    ]

    def lesson_of(_program, args, lesson):
        _step, _state, warmup, said = args
        if lesson == "nothing_returned":
            return lesson
        if lesson == "other_shape":
            return "warmup_is_heard"
        one = "first_output" if len(warmup) == 1 else "warmup_is_heard"
        return one if said == 1 else "feeds_itself"

    agree_on_all(student, reference, questions, lesson_of)


@exercise("free_run", trait="values", points=1, lesson="state_is_a_tree")
def test_free_run_states(student, reference, rng):
    """The state may be any pytree."""
    for step, state in free_states(rng):
        agree(student, reference, "free_run", step, state, normal(rng, 20), 4)


@exercise("free_run", trait="trace", points=3, lesson="not_transformable")
def test_free_run_trace(student, reference, rng):
    """Its program does not grow with either length; it compiles, maps and has gradients."""
    stays_small(student, leaky_run, lambda n: (scalar(0.1), normal(rng, n), 16))
    stays_small(student, leaky_run, lambda n: (scalar(0.1), normal(rng, 16), n))
    # A turn of the warmup that is written out takes 0.7 ms, one of the free run more than 10.
    few, many = ((leaky_run, scalar(0.1), normal(rng, heard), said) for heard, said in ((16, 16), (2048, 256)))
    first_call_is_short(student, few, many, lesson="written_out")
    state = {"total": normal(rng, 2), "count": np.zeros((), np.int32)}
    agree(student, reference, counting_runs, state, normal(rng, 3, 5))
    agree(student, reference, slope_of_run, scalar(0.2), normal(rng, 6))
