"""Checks of 06_mlp: a multilayer perceptron built of pytrees, and trained."""

import math
from itertools import combinations, pairwise, product

import jax
import jax.numpy as jnp
import numpy as np
import optax

from autograder.checks import CheckFailed, Key, Lesson, agree, exercise
from autograder.checks.compiled import traced_before
from autograder.checks.growth import has_one_program
from autograder.checks.laws import are_uncorrelated, is_frequency, is_normal
from autograder.checks.probes import loop_steps, reused_key
from autograder.checks.speed import cpu_cost, surely_over

LESSONS = {
    "layers_are_pairs": Lesson(
        "One (W, b) for each step from one size to the next",
        "`sizes` lists the widths, so `n` sizes have `n - 1` steps between them. The parameters are a plain "
        "list of pairs of float32 arrays, which is a pytree: `jax.grad` and `optax` walk it by themselves.",
        "sizes = [784, 512, 10]\nprint(list(zip(sizes[:-1], sizes[1:])))",
    ),
    "weights_transposed": Lesson(
        "W is [out, in]",
        "A layer computes `W @ x + b` for one example `x[in]`, so `W` has a row for each output. Square layers "
        "hide a mix-up.",
        "import jax.numpy as jnp\nW, x = jnp.ones((3, 5)), jnp.ones(5)\nprint((W @ x).shape)",
    ),
    "scale_is_std": Lesson(
        "scale is the standard deviation of every array",
        "`scale * normal(key, shape)` has standard deviation `scale` and variance `scale²`. Here that holds "
        "for all weights and all biases, whatever the layer's width.",
        "import jax\nx = 0.01 * jax.random.normal(jax.random.key(0), (10_000,))\nprint(x.std(), x.var())",
    ),
    "biases_are_drawn": Lesson(
        "Biases are drawn too",
        "The contract draws weights and biases alike from N(0, scale²). Zeros are a fine start for biases "
        "elsewhere, and not this one.",
        "import jax\nkw, kb = jax.random.split(jax.random.key(0))\nprint(0.01 * jax.random.normal(kw, (2, 3)), "
        "0.01 * jax.random.normal(kb, (2,)))",
    ),
    "one_key_many_arrays": Lesson(
        "Every array needs a key of its own",
        "A key is a seed: the same key gives the same numbers each time, and a smaller array repeats the start "
        "of a larger one.",
        "import jax\nkey = jax.random.key(0)\nprint(jax.random.normal(key, (2, 3)))\n"
        "print(jax.random.normal(key, (2,)))",
    ),
    "not_of_the_key": Lesson(
        "All randomness comes from the key",
        "The same key gives the same network, another key another one. Nothing else may decide: no fixed seed, "
        "no `np.random`.",
        "import jax\nfor seed in (0, 0, 1):\n    print(jax.random.normal(jax.random.key(seed), (3,)))",
    ),
    "keys_are_split": Lesson(
        "Keys are split, not counted",
        "`key(seed + 1)` of one seed is `key(seed)` of the next, so networks of neighbouring seeds share arrays. "
        "`jax.random.split` and `fold_in` make keys that no other seed leads to.",
        "import jax\ndraw = lambda key: jax.random.normal(key).item()\nfor seed in (0, 1):\n    key = jax.random.key\n"
        "    print([draw(key(seed + i)) for i in (0, 1)], [draw(k) for k in jax.random.split(key(seed))])",
    ),
    "gradient_cut": Lesson(
        "Gradients go back to parameters and example",
        "The log-probabilities depend on both. `jax.lax.stop_gradient`, rounding or a detour through NumPy on the way "
        "makes one of them look like a constant.",
        "import jax, jax.numpy as jnp\nf = lambda w, x: jnp.sin(w * x)\nprint(jax.grad(f, argnums=(0, 1))(1.0, 2.0))\n"
        "g = lambda w, x: f(w, jax.lax.stop_gradient(x))\nprint(jax.grad(g, argnums=(0, 1))(1.0, 2.0))",
    ),
    "relu_on_logits": Lesson(
        "The last layer stays linear",
        "ReLU belongs between layers. On the logits it would lift every negative one to 0, and with them their "
        "probabilities.",
        "import jax, jax.numpy as jnp\nlogits = jnp.array([-3.0, 0.0, 1.0])\nprint(jax.nn.softmax(logits), "
        "jax.nn.softmax(jax.nn.relu(logits)))",
    ),
    "hidden_layers_bend": Lesson(
        "Each hidden layer: W @ x + b, then ReLU",
        "Without the bend two layers are one: `W2 @ (W1 @ x)` is `(W2 @ W1) @ x`. Without the bias every bend "
        "passes through 0.",
        "import jax, jax.numpy as jnp\nW, b = jnp.array([[1.0], [-1.0]]), jnp.array([0.5, 0.0])\nfor x in "
        "(-2.0, 2.0):\n    print(jax.nn.relu(W @ jnp.array([x]) + b))",
    ),
    "logs_of_probabilities": Lesson(
        "Log-probabilities: their exponentials add up to 1",
        "`log_softmax(z) = z - log(sum(exp(z)))`. All are at most 0, and `exp` of them sums to one over the classes.",
        "import jax, jax.numpy as jnp\nz = jnp.array([1.0, 2.0, 3.0])\nprint(jax.nn.log_softmax(z), "
        "jnp.exp(jax.nn.log_softmax(z)).sum())",
    ),
    "exp_overflows": Lesson(
        "exp of a large logit is inf, of a small one 0",
        "float32 ends at e^88. Subtract the largest logit first: that changes no probability, the largest "
        "exponential is then 1, and no logarithm is taken of 0.",
        "import jax, jax.numpy as jnp\nz = jnp.array([1e4, 0.0])\nprint(jnp.log(jnp.exp(z) / "
        "jnp.exp(z).sum()), jnp.log(jax.nn.softmax(z)), jax.nn.log_softmax(z))",
    ),
    "mean_over_batch": Lesson(
        "The mean over the examples",
        "Each example contributes one number: minus the log-probability of its own label. The loss is their "
        "mean, so it does not grow with the batch and does not shrink with the number of classes.",
        "import jax.numpy as jnp\npicked = jnp.array([-0.1, -2.0])  # of each example's label\n"
        "print(-picked.mean(), -picked.sum())",
    ),
    "logits_not_probabilities": Lesson(
        "A loss of logits takes the softmax itself",
        "`optax.softmax_cross_entropy_with_integer_labels` wants logits, and log-probabilities are logits too. The "
        "softmax of probabilities is nearly even: the loss never comes near 0.",
        "import jax, jax.numpy as jnp, optax\np = jax.nn.softmax(jnp.array([[9.0, 0.0, 0.0]]))\n"
        "loss = optax.softmax_cross_entropy_with_integer_labels\n"
        "print(loss(jnp.log(p), jnp.array([0])), loss(p, jnp.array([0])))",
    ),
    "row_by_row": Lesson(
        "One label for each row",
        "`a[:, labels]` takes all those columns of every row. For one entry a row, index rows and columns "
        "together, or use `jnp.take_along_axis`.",
        "import jax.numpy as jnp\na = jnp.arange(6).reshape(2, 3)\nlabels = jnp.array([2, 0])\nprint(a[:, "
        "labels])\nprint(a[jnp.arange(2), labels])",
    ),
    "one_example_at_a_time": Lesson(
        "vmap turns one example into a batch",
        "A Python loop over the batch writes each example's operations into the program again. `jax.vmap` "
        "makes one matrix product of them, whatever the batch size.",
        "import jax, jax.numpy as jnp\nW, xs = jnp.ones((3, 5)), jnp.ones((7, 5))\n"
        "print(jax.make_jaxpr(jax.vmap(lambda x: W @ x))(xs))",
    ),
    "rate_not_count": Lesson(
        "A rate lies between 0 and 1",
        "Accuracy is the mean of hits, so the number of hits divided by the number of examples.",
        "import jax.numpy as jnp\nhits = jnp.array([True, False, True, True])\nprint(hits.sum(), hits.mean())",
    ),
    "digits_dropped": Lesson(
        "Half precision makes equals of close classes",
        "bfloat16 keeps two or three digits. Two scores that agree in these are one number then, and `argmax` takes "
        "whichever comes first.",
        "import jax.numpy as jnp\nscores = jnp.array([-1.201, -1.2])\n"
        "print(jnp.argmax(scores), jnp.argmax(scores.astype(jnp.bfloat16)))",
    ),
    "kept_results": Lesson(
        "One shape, other numbers",
        "Two calls with arrays of one shape have different results. `jax.jit` keeps the compiled program of a shape; "
        "who keeps its result hands out old numbers.",
        "import jax, jax.numpy as jnp\nkept = {}\n"
        "total = lambda x: kept.setdefault(x.shape, x.sum())\n"
        "print(total(jnp.ones(3)), total(jnp.zeros(3)), jax.jit(jnp.sum)(jnp.zeros(3)))",
    ),
    "chosen_by_the_test": Lesson(
        "A test set chooses nothing",
        "Parameters that were picked by their test accuracy are fitted to the test set, and what they reach there is "
        "no longer a test. The ones to return are those of the last epoch.",
        "import numpy as np\nhits = np.random.default_rng(0).integers(0, 2, (50, 20))  # of models that know nothing\n"
        "print('the luckiest has', hits.mean(1).max(), 'and would have 0.5 on other data')",
    ),
    "argmax_over_classes": Lesson(
        "The best class of each example",
        "Scores are `[batch, classes]`, so the guess is the `argmax` along the last axis. Along axis 0 it "
        "would be the best example of each class, and where batch and classes are equal nothing complains.",
        "import jax.numpy as jnp\nscores = jnp.array([[0.9, 0.1], [0.8, 0.2]])\nprint(scores.argmax(-1), "
        "scores.argmax(0))",
    ),
    "step_by_the_optimizer": Lesson(
        "Gradient, update, apply",
        "`updates, state = optimizer.update(grads, state, params)`, then `params = optax.apply_updates(params, "
        "updates)`. The updates already carry their sign, and the new state goes into the next step.",
        "import optax\nopt = optax.adam(0.1)\np = {'w': 1.0}\nstate = opt.init(p)\nupdates, state = "
        "opt.update({'w': 2.0}, state, p)\nprint(optax.apply_updates(p, updates))",
    ),
    "loss_before_step": Lesson(
        "The loss before the step",
        "`jax.value_and_grad` gives the loss and the gradient at the same parameters, in one pass. That loss "
        "is the one to return.",
        "import jax\nprint(jax.value_and_grad(lambda w: w**2)(3.0))  # the loss 9 at 3, before any step",
    ),
    "state_goes_on": Lesson(
        "An optimizer remembers in its state",
        "Momentum and Adam average past gradients. `update` returns their new memory: return it, or each step "
        "is the first one again.",
        "import optax\nopt = optax.sgd(0.1, momentum=0.9)\nstate = opt.init(1.0)\nfor _ in range(3):\n    "
        "update, state = opt.update(1.0, state)\n    print(update)",
    ),
    "update_needs_params": Lesson(
        "Some optimizers look at the parameters",
        "Weight decay pulls each parameter towards 0, so `update(grads, state, params)` must be given them. "
        "Plain SGD and Adam do not mind, which is why it is easy to forget.",
        "import optax\nopt = optax.adamw(0.1, weight_decay=0.5)\nprint(opt.update(0.0, opt.init(2.0), 2.0)[0])",
    ),
    "an_optimizer_each": Lesson(
        "Each step keeps the optimizer it was made with",
        "A global has one value, and what a compiled function read from it while it was traced stays in its program. A "
        "function made inside `make_train_step` reads the `optimizer` of the call that made it.",
        "import jax\n\ndef make(rate):\n    return jax.jit(lambda w: w - rate * w)\n\n"
        "slow, fast = make(0.1), make(0.5)\nprint(slow(1.0), fast(1.0))",
    ),
    "step_is_not_compiled": Lesson(
        "Compile the step once",
        "Without `jax.jit` every operation of every step is sent to the device by itself. With `jit` inside "
        "the step a new function is made, and compiled, for each call: make it once, outside.",
        "import jax\n\n@jax.jit\ndef step(x):\n    print('traced')\n    return x + 1\n\nfor i in range(3):\n"
        "    step(float(i))",
    ),
    "donated_inputs": Lesson(
        "A donated array is gone",
        "`donate_argnums` lets XLA write the results into the arguments' memory: the caller's arrays are "
        "deleted. Fine inside your own loop, a trap in a function that others call.",
        "import jax, jax.numpy as jnp\nx = jnp.ones(3)\njax.jit(lambda x: x + 1, donate_argnums=0)(x)\n"
        "print(x.is_deleted())",
    ),
    "does_not_learn": Lesson(
        "Each batch moves the parameters",
        "An epoch carries parameters and optimizer state from batch to batch, and the next epoch starts where "
        "the last one ended. Images and labels must be shuffled alike.",
        "import jax, jax.numpy as jnp\nstep = lambda w, x: (w - 0.1 * (w - x), (w - x) ** 2)\n"
        "print(jax.lax.scan(step, 0.0, jnp.ones(5)))  # the carry goes on, the losses are stacked",
    ),
    "history_after_epoch": Lesson(
        "Accuracies belong to the parameters after the epoch",
        "When an epoch is over, score the new parameters on the whole training set and on the whole test set. "
        "The last entries are therefore those of the parameters you return.",
        "rates = []\nfor epoch in range(3):\n    params = epoch + 1  # the epoch's training comes first\n    "
        "rates.append(params)  # then the score\nprint(rates)",
    ),
    "history_mean_loss": Lesson(
        "The epoch's loss is the mean over its batches",
        "Every batch reports its loss before its step; the epoch's entry is the mean of these. Not their sum, "
        "not the last one, and not the loss of the trained network afterwards.",
        "import jax.numpy as jnp\nbatch_losses = jnp.array([1.0, 0.5, 0.3])\nprint(batch_losses.mean())",
    ),
    "each_example_once": Lesson(
        "An epoch sees every example once, with its own label",
        "Draw one permutation and use it for images and labels alike. Independent draws repeat some examples "
        "and miss others (about 37 %), and two permutations tear pairs apart.",
        "import jax\nkey = jax.random.key(0)\nprint(jax.random.permutation(key, 6), jax.random.randint(key, "
        "(6,), 0, 6))",
    ),
    "same_order_each_epoch": Lesson(
        "A fresh shuffle needs a fresh key",
        "The same key gives the same permutation. Split one key an epoch, or fold the epoch's number in.",
        "import jax\nkey = jax.random.key(0)\nfor epoch in range(2):\n    print(jax.random.permutation(key, "
        "5), jax.random.permutation(jax.random.fold_in(key, epoch), 5))",
    ),
    "one_adam": Lesson(
        "One Adam from the first step to the last",
        "`optax.adam(learning_rate)`, and `init` once, before the first epoch: the state is carried on from epoch to "
        "epoch like the parameters. Started again, each first step has full length in every direction. Only "
        "gradients move the weights: to shrink them besides is AdamW's rule.",
        "import optax\nopt = optax.adam(0.1)\nstate = opt.init(1.0)\nfor g in (1.0, 0.1, 0.1):\n    fresh, _ = "
        "opt.update(g, opt.init(1.0))\n    update, state = opt.update(g, state)\n    print(update, fresh)",
    ),
    "loop_over_batches": Lesson(
        "A whole epoch in one compiled call",
        "A Python loop pays for dispatch at every batch, which for small networks costs more than the "
        "arithmetic. Put the batches through `jax.lax.scan` inside one `jax.jit`, shuffling included.",
        "import jax, jax.numpy as jnp, time\nf = jax.jit(lambda c, x: (c + x, c))\nxs = jnp.ones(2000)\nscan = "
        "jax.jit(lambda: jax.lax.scan(f, 0.0, xs)[0])\nscan()\nt = time.perf_counter(); "
        "jax.block_until_ready(scan()); print('scan', time.perf_counter() - t)\nt = time.perf_counter()\nc = "
        "0.0\nfor x in range(2000):\n    c, _ = f(c, 1.0)\nprint('loop', time.perf_counter() - t)",
    ),
    "unrolled_epoch": Lesson(
        "A Python loop under jit is copied out",
        "Traced, the loop becomes one long program with every batch written out, and compile time grows with "
        "the data. `jax.lax.scan` keeps one copy of the body.",
        "import jax, jax.numpy as jnp\ndef f(x):\n    for _ in range(3):\n        x = jnp.sin(x)\n    return "
        "x\nprint(jax.make_jaxpr(f)(1.0))",
    ),
}

HINTS = {
    "init_mlp": (
        "Neighbouring sizes make a layer, and each layer needs two keys.",
        "`jax.random.split(key, n)` makes `n` keys; `zip(sizes[:-1], sizes[1:])` walks the layers.",
        "for key, n_in, n_out in zip(jax.random.split(key, len(sizes) - 1), sizes[:-1], sizes[1:]):\n    kw, "
        "kb = jax.random.split(key)\n    layers.append((scale * jax.random.normal(kw, (n_out, n_in)), ...))",
    ),
    "log_probs": (
        "ReLU after every layer but the last; then the log-softmax of what comes out.",
        "`jax.nn.relu` and `jax.nn.log_softmax`, which subtracts the maximum for you.",
        "for W, b in params[:-1]:\n    x = jax.nn.relu(W @ x + b)\nW, b = params[-1]\nreturn "
        "jax.nn.log_softmax(W @ x + b)",
    ),
    "cross_entropy": (
        "You have it for one example. Map it over the batch, pick each row's label, average.",
        "`jax.vmap(log_probs, in_axes=(None, 0))`, then `jnp.take_along_axis`.",
        "scores = jax.vmap(log_probs, (None, 0))(params, xs)\npicked = jnp.take_along_axis(scores, labels[:, "
        "None], axis=1)",
    ),
    "accuracy": (
        "The guess is the class with the highest log-probability. How often is it the label?",
        "`jnp.argmax(..., axis=-1)` and a mean of booleans.",
        "scores = jax.vmap(log_probs, (None, 0))(params, xs)\nreturn jnp.mean(scores.argmax(-1) == labels)",
    ),
    "make_train_step": (
        "A function that makes a function: the inner one does gradient, update, apply, and is compiled.",
        "`jax.value_and_grad(cross_entropy)`, `optimizer.update(grads, opt_state, params)`, `optax.apply_updates`.",
        "@jax.jit\ndef step(params, opt_state, xs, labels):\n    loss, grads = "
        "jax.value_and_grad(cross_entropy)(params, xs, labels)\n    ...\n    return params, opt_state, loss\n"
        "return step",
    ),
    "train": (
        "One compiled function does an epoch: permute, cut into batches, scan the step over them, score.",
        "`jax.random.permutation(key, n)[:batches * batch_size].reshape(batches, batch_size)` are rows to scan "
        "over with `jax.lax.scan`.",
        "def body(carry, rows):\n    params, opt_state, loss = step(*carry, x[rows], y[rows])\n    return "
        "(params, opt_state), loss\n\ncarry, losses = jax.lax.scan(body, carry, rows)",
    ),
}


def normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def fresh_key(rng):
    return Key.seed(int(rng.integers(2**31)))


def network(rng, *sizes):
    """Weights that keep activations near 1."""
    return [(normal(rng, o, i) / np.float32(np.sqrt(i)), normal(rng, o) / 2) for i, o in pairwise(sizes)]


def labels_of(rng, batch, classes, dtype=np.int32):
    return rng.integers(0, classes, batch).astype(dtype)


def scores(params, xs):
    """The logits, in NumPy and float64."""
    x = np.asarray(xs, np.float64)
    for W, b in params[:-1]:
        x = np.maximum(x @ np.asarray(W, np.float64).T + b, 0)
    W, b = params[-1]
    return x @ np.asarray(W, np.float64).T + b


def loss_of(params, xs, labels):
    z = scores(params, xs)
    z = z - z.max(-1, keepdims=True)
    return float(np.mean(np.log(np.exp(z).sum(-1)) - z[np.arange(len(z)), labels]))


def rate_of(params, xs, labels):
    return float(np.mean(scores(params, xs).argmax(-1) == labels))


def layers(params, sizes):
    """The parameters as a list of pairs, with the promised shapes."""
    count = len(sizes) - 1
    if not isinstance(params, list | tuple) or len(params) != count:
        raise CheckFailed(f"{len(sizes)} sizes make a list of {count} layers.", lesson="layers_are_pairs")
    for k, (layer, n_in, n_out) in enumerate(zip(params, sizes[:-1], sizes[1:], strict=True)):
        if not isinstance(layer, list | tuple) or len(layer) != 2 or not all(isinstance(a, np.ndarray) for a in layer):
            raise CheckFailed(f"Layer {k} is no pair of arrays (W, b).", lesson="layers_are_pairs")
        W, b = layer
        if W.shape != (n_out, n_in) or b.shape != (n_out,):
            lesson = "weights_transposed" if W.shape == (n_in, n_out) else "layers_are_pairs"
            raise CheckFailed(
                f"From {n_in} to {n_out}: W is {W.shape} and b {b.shape}; promised are {(n_out, n_in)} and {(n_out,)}.",
                lesson=lesson,
            )
        if W.dtype != np.float32 or b.dtype != np.float32:
            raise CheckFailed(
                f"The dtypes are {W.dtype} and {b.dtype}; float32 was promised.", lesson="layers_are_pairs"
            )
    return [tuple(layer) for layer in params]


# --- init_mlp


@exercise("init_mlp", trait="law", points=7, lesson="layers_are_pairs")
def test_init_mlp_law(student, rng):
    """One (W[out, in], b[out]) a layer, all of them N(0, scale²)."""
    sizes = [30, 200, 210, 7]
    for scale in (None, 0.3):
        given = {} if scale is None else {"scale": scale}
        params = layers(student.init_mlp(fresh_key(rng), sizes, **given), sizes)
        std = scale or 1e-2
        for k, (W, _) in enumerate(params):
            is_normal(W, f"layer {k}'s W (scale={std:g})", std=std, lesson="scale_is_std")
        # Cut at three standard deviations it passes for normal by its moments.
        beyond = np.abs(params[1][0]) > 3.1 * std
        far = math.erfc(3.1 / math.sqrt(2))
        is_frequency(beyond, far, "an entry beyond 3.1 standard deviations", lesson="scale_is_std")
        rows_differ_in_length(params[1][0] / std)
        biases = np.concatenate([b for _, b in params])
        if any((b == b[0]).all() for _, b in params):
            raise CheckFailed("The biases of a layer are all equal.", lesson="biases_are_drawn")
        is_normal(biases, f"all the biases together (scale={std:g})", std=std, lesson="scale_is_std")


def rows_differ_in_length(W):
    """Rows of N(0, 1) do, by sqrt(2 n) in the square; those of a matrix that was normalised or is orthogonal do not."""
    rows, n = W.shape
    spread = np.mean((np.sum(np.asarray(W, np.float64) ** 2, axis=1) - n) ** 2) / (2 * n)
    # Of one row this has the variance 2 + 12 / n.
    if spread < 1 - 5 * math.sqrt((2 + 12 / n) / rows):
        raise CheckFailed(
            "The rows of layer 1's W have nearly one length: its entries were not drawn each for itself.",
            lesson="scale_is_std",
        )


@exercise("init_mlp", trait="keys", points=5, lesson="one_key_many_arrays")
def test_init_mlp_independent(student, rng):
    """Every array has its own key, layers of equal size too."""
    sizes = (60,) * 9  # deeper than any list of keys that was made without counting
    params = layers(student.init_mlp(fresh_key(rng), sizes), sizes)
    arrays = [
        (f"{name} of layer {k}", a) for k, layer in enumerate(params) for name, a in zip("Wb", layer, strict=True)
    ]
    for i, (first, a) in enumerate(arrays):
        are_uncorrelated(*np.split(a, 2), f"Both halves of {first}", lesson="one_key_many_arrays")
        for second, b in arrays[i + 1 :]:
            small, large = sorted((a.ravel(), b.ravel()), key=len)
            if np.isin(small, large).mean() > 0.5:
                raise CheckFailed(f"{first} and {second} hold the same numbers.")
            are_uncorrelated(small, large[: len(small)], f"{first} and {second}", lesson="one_key_many_arrays")
    message = student.run(reused_key, build, fresh_key(rng))
    if message:
        raise CheckFailed(f"JAX's key-reuse checker says: {message}")


@exercise("init_mlp", trait="keys", points=3, lesson="not_of_the_key")
def test_init_mlp_fresh(student, rng):
    """The key alone decides: equal keys give equal networks, other keys independent ones."""
    sizes, seed = (60, 50, 3), int(rng.integers(2**31 - 1))
    first, again, other = (layers(student.init_mlp(Key.seed(s), sizes), sizes) for s in (seed, seed, seed + 1))
    for k in range(2):
        if not all(np.array_equal(a, b) for a, b in zip(first[k], again[k], strict=True)):
            raise CheckFailed("Two calls with the same key gave different numbers.")
        if np.isin(first[k][0], other[k][0]).mean() > 0.5 or np.isin(first[k][1], other[k][1]).mean() > 0.5:
            raise CheckFailed("Two keys gave the same numbers.")
    for a, b in product(*([array for layer in net for array in layer] for net in (first, other))):
        small, large = sorted((a.ravel(), b.ravel()), key=len)
        if np.isin(small, large).mean() > 0.5:
            raise CheckFailed("Keys of neighbouring seeds gave two layers the same numbers.", lesson="keys_are_split")
    are_uncorrelated(first[0][0], other[0][0], "The weights of two keys", lesson="not_of_the_key")


def build(stubs, key):
    """init_mlp(key, (5, 4, 4, 3))"""
    return stubs.init_mlp(key, (5, 4, 4, 3))


# --- log_probs


@exercise("log_probs", trait="values", points=7, lesson="hidden_layers_bend")
def test_log_probs_values(student, reference, rng):
    """ReLU between layers, the log-softmax of the last."""
    for sizes in ((5, 4, 3), (4, 4, 4, 4, 4, 4), (6, 13)):
        for _ in range(2):
            agree(student, reference, "log_probs", network(rng, *sizes), normal(rng, sizes[0]), rtol=1e-4, atol=1e-5)
    # Hidden activations have no upper end; the logits are as small as before.
    (V, a), (W, b) = network(rng, 5, 40, 3)
    params = [(30 * V, 30 * a), (W / 30, b)]
    agree(student, reference, "log_probs", params, normal(rng, 5), rtol=1e-4, atol=1e-5)
    agree(student, reference, twice, "log_probs", network(rng, 5, 4, 3), normal(rng, 5), rtol=1e-4, atol=1e-5)


@exercise("log_probs", trait="values", points=4, lesson="exp_overflows")
def test_log_probs_stable(student, reference, rng):
    """Right at logits of 10,000, up to rounding; NaN stays NaN."""
    scale = np.float32(rng.integers(8000, 12000))
    x = (scale * rng.permutation([1, 0, -1, 0.75])).astype(np.float32)
    # Whole numbers, so that every order of summation gives the same logits.
    identity = (np.eye(4, dtype=np.float32), np.zeros(4, np.float32))
    both = (np.vstack([np.eye(4), -np.eye(4)]).astype(np.float32), np.zeros(8, np.float32))
    back = (np.hstack([np.eye(4), -np.eye(4)]).astype(np.float32), np.zeros(4, np.float32))
    for params, inputs in (([identity], x), ([identity], -np.abs(x) - scale), ([both, back], x)):
        agree(student, reference, "log_probs", params, inputs, rtol=1e-6, atol=2.5e-3)
    agree(student, reference, "log_probs", [identity], np.float32([1, np.nan, 0, 2]), lesson="nan_is_news")
    # What is sure and wrong has to learn: class 0 is the last of the second input.
    for inputs in (x, np.sort(x)):
        value, ([of_layer], of_example) = student.run(log_prob_gradient, [identity], inputs)
        are_finite(value, *of_layer, of_example)
        agree(student, reference, log_prob_gradient, [identity], inputs, rtol=1e-5, atol=2.5e-3, lesson="gradient_cut")


@exercise("log_probs", trait="trace", points=4)
def test_log_probs_trace(student, reference, rng):
    """It works under jit, vmap and grad."""
    params = network(rng, 7, 4, 3)  # of a size that no call has had, so that what is kept of the first one shows
    agree(student, reference, mapped_log_probs, params, normal(rng, 6, 7), rtol=1e-4, atol=1e-5)
    agree(student, reference, log_prob_gradient, params, normal(rng, 7), rtol=1e-4, atol=1e-5, lesson="gradient_cut")


def are_finite(*arrays):
    if not all(np.isfinite(a).all() for a in arrays):
        raise CheckFailed("With logits of 10,000 the gradient is not finite.")


def twice(stubs, stub, *args):
    """two calls with the same arguments"""
    return [getattr(stubs, stub)(*args) for _ in range(2)]


def mapped_log_probs(stubs, params, xs):
    """jit of vmap of log_probs over examples"""
    return jax.jit(jax.vmap(stubs.log_probs, in_axes=(None, 0)))(params, xs)


def log_prob_gradient(stubs, params, x):
    """value and gradients of log_probs(params, x)[0], compiled"""
    return jax.jit(jax.value_and_grad(lambda p, x: stubs.log_probs(p, x)[0], argnums=(0, 1)))(params, x)


# --- cross_entropy


@exercise("cross_entropy", trait="values", points=7, lesson="mean_over_batch")
def test_cross_entropy_values(student, reference, rng):
    """Minus the mean log-probability of the labels."""
    for batch, sizes, dtype in (
        (6, (5, 4, 3), "int32"),
        (4, (4, 4, 4), "int32"),
        (331, (5, 4, 13), "uint8"),  # more than eight bits count, and no multiple of anything
        (1, (5, 3), "int32"),
    ):
        args = network(rng, *sizes), normal(rng, batch, sizes[0]), labels_of(rng, batch, sizes[-1], dtype)
        agree(student, reference, "cross_entropy", *args, rtol=1e-4, atol=1e-5)
    agree(student, reference, twice, "cross_entropy", *args, rtol=1e-4, atol=1e-5)


@exercise("cross_entropy", trait="values", points=2, lesson="exp_overflows")
def test_cross_entropy_confident(student, reference, rng):
    """A network that is sure and wrong pays the full price, and one that has come to NaN has no loss."""
    scale = np.float32(rng.integers(8000, 12000))
    xs = (scale * np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0.5]])).astype(np.float32)
    params = [(np.eye(3, dtype=np.float32), np.zeros(3, np.float32))]
    broken = np.float32([[1, 0, 2], [0, np.nan, 1], [0, 1, 1], [2, 1, 0]])
    agree(student, reference, "cross_entropy", params, broken, labels_of(rng, 4, 3), lesson="nan_is_news")
    for labels in ([1, 2, 0], [0, 1, 1]):
        args = params, xs, np.array(labels, np.int32)
        agree(student, reference, "cross_entropy", *args, rtol=1e-6, atol=2.5e-3)
        value, [of_layer] = student.run(cross_entropy_gradient, *args)
        are_finite(value, *of_layer)
        agree(student, reference, cross_entropy_gradient, *args, rtol=1e-5, atol=2.5e-3, lesson="gradient_cut")


@exercise("cross_entropy", trait="trace", points=3, lesson="one_example_at_a_time")
def test_cross_entropy_trace(student, reference, rng):
    """It works under jit and grad, and its program does not grow with the batch."""
    params = network(rng, 5, 4, 3)
    batch = normal(rng, 5, 5), labels_of(rng, 5, 3)  # of a size that no call has had
    agree(student, reference, cross_entropy_gradient, params, *batch, rtol=1e-4, atol=1e-5)
    loss_has_one_program(student, rng)


@exercise("cross_entropy", trait="speed", points=3, lesson="one_example_at_a_time")
def test_cross_entropy_speed(student, race, rng):
    """It is as fast as a matrix product a layer."""

    def inputs():
        return network(rng, 128, 128, 10), normal(rng, 128, 128), labels_of(rng, 128, 10)

    loss_has_one_program(student, rng)  # one that is written out compiles for minutes at the sizes below
    # The clock alone would not do: JAX 0.12 makes some loops of small steps five times as fast as 0.10 did.
    steps = student.run(loop_steps, large_batch_program, *inputs())
    if steps >= 4096:
        raise CheckFailed(
            f"For a batch of 4,096 its loops take {steps:,} steps, one after the other.", lesson="one_example_at_a_time"
        )
    race(large_batch, inputs=inputs, baseline=one_by_one, lesson="one_example_at_a_time")


def cross_entropy_gradient(stubs, params, xs, labels):
    """value and gradient of cross_entropy, compiled"""
    return jax.jit(jax.value_and_grad(stubs.cross_entropy))(params, xs, labels)


def loss_has_one_program(student, rng):
    params = network(rng, 5, 4, 3)
    has_one_program(student, "examples", lambda n: (loss_program, params, normal(rng, n, 5), labels_of(rng, n, 3)))


def loss_program(stubs, params, xs, labels):
    """cross_entropy(params, xs, labels)"""
    return stubs.cross_entropy(params, xs, labels)


def forward(params, xs):
    for W, b in params[:-1]:
        xs = jax.nn.relu(xs @ W.T + b)
    W, b = params[-1]
    return jax.nn.log_softmax(xs @ W.T + b)


def mean_loss(params, xs, labels):
    return -jnp.mean(jnp.take_along_axis(forward(params, xs), labels[:, None], axis=1))


def large_batch(stubs):
    """cross_entropy of 4,096 examples, compiled"""
    return jax.jit(lambda *args: large_batch_program(stubs, *args))


def large_batch_program(stubs, params, xs, labels):
    """cross_entropy of 4,096 examples"""
    return stubs.cross_entropy(params, *many_examples(xs, labels))


def many_examples(xs, labels):
    """A batch of 128 over and over, up to 4,096."""
    return jnp.tile(xs, (32, 1)), jnp.tile(labels, 32)


def one_by_one(stubs):
    def mean(params, xs, labels):
        examples = many_examples(xs, labels)
        return jnp.mean(jax.lax.map(lambda example: -forward(params, example[0])[example[1]], examples))

    return jax.jit(mean)


# --- accuracy


@exercise("accuracy", trait="values", points=6, lesson="rate_not_count")
def test_accuracy_values(student, rng):
    """The share of examples whose likeliest class is the label."""
    # More examples than eight bits count; logits that overflow as they are.
    for batch, sizes, stretch in (
        (331, (5, 4, 3), 1),
        (5, (5, 5, 5), 1),
        (5, (5, 5, 5), 1e4),
        (1, (4, 6), 1),
        (60, (4, 13), 1),
    ):
        *hidden, last = network(rng, *sizes)
        params = [*hidden, tuple(np.float32(stretch) * a for a in last)]
        xs = clear_examples(rng, params, batch)
        best = scores(params, xs).argmax(-1)
        before = None
        for wrong in {0, batch // 3, batch}:
            labels = best.astype(np.int32)
            labels[:wrong] = (labels[:wrong] + 1) % sizes[-1]
            lesson = "rate_not_count" if stretch == 1 else "exp_overflows"
            rate = student.accuracy(params, xs, labels)
            if before is not None and np.array_equal(rate, before):
                lesson = "kept_results"
            expect_rate(rate, 1 - wrong / batch, params, xs, labels, lesson)
            before = rate
    # Close calls, of which bfloat16 makes equals.
    params = network(rng, 4, 13)
    xs = clear_examples(rng, params, 60, most=3e-3, tried=36_000)
    best = scores(params, xs).argmax(-1).astype(np.int32)
    expect_rate(student.accuracy(params, xs, best), 1, params, xs, best, "digits_dropped")


def clear_examples(rng, params, count, most=np.inf, tried=None):
    """Examples whose two best classes are a thousandth apart or more: rounding changes no guess."""
    xs = normal(rng, tried or 2 * count + 10, params[0][0].shape[1])
    second, first = np.sort(scores(params, xs), axis=-1)[:, -2:].T
    apart = (first - second) / (1 + np.abs(first))
    return xs[(apart > 1e-3) & (apart < most)][:count]


@exercise("accuracy", trait="trace", points=4, lesson="one_example_at_a_time")
def test_accuracy_trace(student, rng):
    """It works under jit, and its program does not grow with the batch."""
    params = network(rng, 5, 4, 3)
    xs, labels = normal(rng, 9, 5), labels_of(rng, 9, 3)
    rate = student.run(traced_before, compiled_accuracy, params, xs, labels)
    expect_rate(rate, rate_of(params, xs, labels), params, xs, labels)
    has_one_program(student, "examples", lambda n: (rate_program, params, normal(rng, n, 5), labels_of(rng, n, 3)))


def expect_rate(got, want, params, xs, labels, lesson="rate_not_count"):
    value = np.asarray(got) if isinstance(got, np.ndarray | float | int) else None
    if value is None or value.shape != ():
        raise CheckFailed("The result is not one number.", lesson="rate_not_count")
    if not abs(float(value) - want) < 1e-5:
        backwards = scores(params, xs).argmax(0)
        mixed = len(backwards) == len(labels) and abs(float(value) - np.mean(backwards == labels)) < 1e-5
        raise CheckFailed(
            f"{len(labels)} examples: expected {want:.4g}, got {float(value):.4g}.",
            lesson="argmax_over_classes" if mixed else lesson,
        )


def compiled_accuracy(stubs, params, xs, labels):
    """jit of accuracy"""
    return jax.jit(stubs.accuracy)(params, xs, labels)


def rate_program(stubs, params, xs, labels):
    """accuracy(params, xs, labels)"""
    return stubs.accuracy(params, xs, labels)


# --- make_train_step

# A large eps keeps Adam from blowing up the rounding noise of tiny gradients.
OPTIMIZERS = {
    "sgd": lambda: optax.sgd(0.3),
    "momentum": lambda: optax.sgd(0.1, momentum=0.9),
    "adam": lambda: optax.adam(0.05, eps=1e-2),
    "adamw": lambda: optax.adamw(0.05, eps=1e-2, weight_decay=0.3),
    "schedule": lambda: optax.chain(optax.clip_by_global_norm(0.1), optax.sgd(optax.linear_schedule(0.5, 0.0, 4))),
}


def batches_of(rng, count, batch, sizes, spread=1):
    return [(np.float32(spread) * normal(rng, batch, sizes[0]), labels_of(rng, batch, sizes[-1])) for _ in range(count)]


def with_shared_logits(rng, params, size):
    """What all classes share changes no loss, unless the weights' size is a part of it."""
    *hidden, (W, b) = params
    return [*hidden, (W + np.float32(size) * normal(rng, W.shape[1]), b)]


@exercise("make_train_step", trait="values", points=7, lesson="step_by_the_optimizer")
def test_make_train_step_values(student, reference, rng):
    """The optimizer's steps down the cross-entropy, and the loss before each."""
    # Large inputs make gradients that whoever clips them changes, and Adam no large steps of them.
    for name, sizes, spread in (("sgd", (5, 4, 3), 1), ("momentum", (5, 4, 3), 1), ("adam", (4, 4, 4), 10)):
        params = with_shared_logits(rng, network(rng, *sizes), 20 / spread)
        given = name, params, batches_of(rng, 3, sizes[0], sizes, spread)
        _, want = reference.run(run_steps, *given)
        _, losses = student.run(run_steps, *given)
        if want[0] > want[1] and np.allclose(losses[:2], want[1:], rtol=1e-4, atol=1e-6):
            raise CheckFailed("The loss is that after the step.", lesson="loss_before_step")
        agree(student, reference, run_steps, *given, rtol=2e-4, atol=1e-5)


@exercise("make_train_step", trait="values", points=3, lesson="update_needs_params")
def test_make_train_step_any_optimizer(student, reference, rng):
    """Weight decay, clipping and schedules work too, and two steps side by side; NaN is handed on."""
    for name in ("adamw", "schedule"):
        given = name, network(rng, 5, 4, 3), batches_of(rng, 3, 6, (5, 3))
        agree(student, reference, run_steps, *given, rtol=2e-4, atol=1e-5)
    given = network(rng, 5, 4, 3), batches_of(rng, 1, 6, (5, 3))[0]
    agree(student, reference, two_rates, *given, rtol=2e-4, atol=1e-5, lesson="an_optimizer_each")
    [(xs, labels)] = batches_of(rng, 1, 6, (5, 3))
    xs[4, 2] = np.nan
    # One layer: what comes of NaN behind a ReLU depends on how that is written.
    agree(student, reference, run_steps, "sgd", network(rng, 5, 3), [(xs, labels)], lesson="nan_is_news")


@exercise("make_train_step", trait="trace", points=4, lesson="step_is_not_compiled")
def test_make_train_step_compiled(student, reference, rng):
    """Steps of one shape run one compiled program, and those of another shape another."""
    batches = batches_of(rng, 2, 6, (5, 3)) + batches_of(rng, 1, 4, (5, 3))
    agree(student, reference, run_steps, "momentum", network(rng, 5, 4, 3), batches, rtol=2e-4, atol=1e-5)
    runs = student.run(count_updates, network(rng, 5, 4, 3), batches_of(rng, 6, 6, (5, 3)))
    if runs > 2:
        raise CheckFailed(f"In six steps of one shape the optimizer's Python code ran {runs} times.")


@exercise("make_train_step", trait="pure", points=3, lesson="donated_inputs")
def test_make_train_step_inputs(student, rng):
    """What was handed in can be used again."""
    # A batch of the first weights' shape, as XLA puts results in place of what has their shape.
    equal = student.run(step_twice, network(rng, 5, 4, 3), normal(rng, 4, 5), labels_of(rng, 4, 3))
    if not equal:
        raise CheckFailed("The same step taken twice from the same parameters gave two results.")


@exercise("make_train_step", trait="speed", points=3, on_gpu=True, lesson="step_is_not_compiled")
def test_make_train_step_speed(race, rng):
    """It is as fast as one compiled step."""

    def inputs():
        return network(rng, 64, 128, 10), normal(rng, 256, 64), labels_of(rng, 256, 10)

    race(stepper, inputs=inputs, baseline=eager_step, lesson="step_is_not_compiled", rtol=1e-3, atol=1e-4)


def run_steps(stubs, name, params, batches):
    """make_train_step(optimizer), then a step for each batch"""
    optimizer = OPTIMIZERS[name]()
    step = stubs.make_train_step(optimizer)
    state, losses = optimizer.init(params), []
    for xs, labels in batches:
        params, state, loss = step(params, state, xs, labels)
        losses.append(loss)
    return params, jnp.stack([jnp.asarray(loss) for loss in losses])


def two_rates(stubs, params, batch):
    """make_train_step(sgd) twice, with different rates, then one step of each"""
    optimizers = [optax.sgd(rate) for rate in (0.3, 0.05)]
    steps = [stubs.make_train_step(optimizer) for optimizer in optimizers]
    return [step(params, opt.init(params), *batch)[0] for step, opt in zip(steps, optimizers, strict=True)]


def count_updates(stubs, params, batches):
    """how often the optimizer's Python code runs in six steps"""
    runs = 0
    inner = optax.adam(0.01)

    def update(*args, **kwargs):
        nonlocal runs
        runs += 1
        return inner.update(*args, **kwargs)

    step = stubs.make_train_step(optax.GradientTransformation(inner.init, update))
    state = inner.init(params)
    for xs, labels in batches:
        params, state, _ = step(params, state, xs, labels)
    return runs


def step_twice(stubs, params, xs, labels):
    """two steps from the same params and opt_state"""
    optimizer = optax.sgd(0.1, momentum=0.9)  # of which the second step is longer: Adam's is as long as the first
    step = stubs.make_train_step(optimizer)
    state = optimizer.init(params)
    first = step(params, state, xs, labels)
    again = step(params, state, xs, labels)
    return all(bool(jnp.allclose(a, b)) for a, b in zip(jax.tree.leaves(first), jax.tree.leaves(again), strict=True))


def stepper(stubs):
    """one step of make_train_step(adam)"""
    optimizer = OPTIMIZERS["adam"]()
    step, init = stubs.make_train_step(optimizer), jax.jit(optimizer.init)

    def run(params, xs, labels):
        params, _, loss = step(params, init(params), xs, labels)
        return params, loss

    return run


def eager_step(stubs):
    optimizer, gradient = OPTIMIZERS["adam"](), jax.jit(jax.value_and_grad(mean_loss))

    def run(params, xs, labels):
        loss, grads = gradient(params, xs, labels)
        updates, _ = optimizer.update(grads, optimizer.init(params), params)
        return optax.apply_updates(params, updates), loss

    return run


# --- train


def clusters(rng, count, features=6, classes=3, opposite=True):
    """A cluster a class, or two opposite ones, which no linear model tells apart from the others'."""
    labels = labels_of(rng, count, classes)
    centres = 5 * np.eye(features)[labels] * rng.choice([-1, 1] if opposite else [1], (count, 1))
    return (centres + rng.normal(size=(count, features))).astype(np.float32), labels


def trained(student, rng, data, sizes, epochs, batch_size, learning_rate, program=None):
    """(params, history), checked for their shapes."""
    args = fresh_key(rng), data, sizes, epochs, batch_size, learning_rate
    result = student.train(*args) if program is None else student.run(program, *args)
    if not isinstance(result, tuple | list) or len(result) != 2 or not isinstance(result[1], dict):
        raise CheckFailed(
            "`train` returns a pair: the parameters and a dict, the history.", lesson="history_after_epoch"
        )
    params, history = layers(result[0], sizes), {}
    for name in ("loss", "train_accuracy", "test_accuracy"):
        try:
            values = np.asarray(result[1][name], np.float64)
        except (KeyError, TypeError, ValueError):
            raise CheckFailed(f"history[{name!r}] is missing, or no numbers.", lesson="history_after_epoch") from None
        if values.shape != (epochs,):
            raise CheckFailed(
                f"history[{name!r}] has the shape {values.shape}: one number an epoch makes {(epochs,)}.",
                lesson="history_mean_loss" if name == "loss" else "history_after_epoch",
            )
        if not np.isfinite(values).all():
            raise CheckFailed(f"history[{name!r}] is not finite: {values}.", lesson="does_not_learn")
        history[name] = values
    return params, history


def accuracies_are_true(params, history, data):
    """The last accuracies are those of the parameters that came back."""
    for name, xs, labels in (("train", *data[:2]), ("test", *data[2:])):
        said, true = history[f"{name}_accuracy"][-1], rate_of(params, xs, labels)
        if abs(said - true) > 1.5 / len(xs):
            raise CheckFailed(
                f"history['{name}_accuracy'] ends with {said:.4f}; the parameters you return reach {true:.4f}.",
                lesson="history_after_epoch",
            )


@exercise("train", trait="learns", points=9, lesson="does_not_learn")
def test_train_learns(student, rng):
    """It learns a task that no linear model can, and says truly how well."""
    data = clusters(rng, 400) + clusters(rng, 210)
    # Mislabelled, so that nobody reaches 1 here, and at the end, where scoring in batches may leave a rest out.
    data[3][-6:] = (data[3][-6:] + 1) % 3
    params, history = trained(student, rng, data, (6, 32, 3), 8, 20, 1e-2)
    accuracies_are_true(params, history, data)
    reached = history["test_accuracy"][-1]
    if reached < 0.93 or history["loss"][-1] > 0.3 * history["loss"][0]:
        raise CheckFailed(
            f"After 8 epochs the test accuracy is {reached:.3f} (0.93 is easy), the loss {history['loss'][-1]:.3f} "
            f"after {history['loss'][0]:.3f} in the first."
        )


@exercise("train", trait="values", points=6, lesson="history_mean_loss")
def test_train_history(student, rng):
    """The loss is the mean over an epoch's batches, each before its step."""
    data = clusters(rng, 48, opposite=False) + clusters(rng, 12, opposite=False)
    params, history = trained(student, rng, data, (6, 3), 2, 12, 0.0)
    standing = loss_of(params, *data[:2])
    if not np.allclose(history["loss"], standing, rtol=1e-4):
        # One batch of everything has its loss whatever is done with the losses of several.
        params, single = trained(student, rng, data, (6, 3), 1, 48, 0.0)
        whole = np.allclose(single["loss"], loss_of(params, *data[:2]), rtol=1e-4)
        raise CheckFailed(
            f"With learning rate 0 nothing changes, so each epoch's loss is that of the training set, {standing:.5f}; "
            f"history['loss'] is {history['loss'].round(5).tolist()}.",
            lesson="history_mean_loss" if whole else "each_example_once",
        )
    params, history = trained(student, rng, data, (6, 3), 1, 48, 0.1)
    accuracies_are_true(params, history, data)
    if abs(history["loss"][0] - np.log(3)) > 0.35 * (np.log(3) - loss_of(params, *data[:2])):
        raise CheckFailed(
            "One epoch of one batch: before its step the loss is about log 3 = 1.099; "
            f"history['loss'] is {history['loss'][0]:.3f}."
        )
    # Whole batches know no order.
    after = {n: adam_from_zero(*data[:2], 0.3, n) for n in (1, 2, 3)}
    # The first epoch has these test labels right, the last one has not: whoever chooses parameters by them shows.
    data = (*data[:2], *turncoats(rng, after[1], after[3], 12))
    params, history = trained(student, rng, data, (6, 3), 3, 48, 0.3)
    steps = {n: np.median(np.abs(params[0][0] - p[:, :-1])) / 0.3 for n, p in after.items()}
    if steps[3] > 0.3:
        lesson = "one_adam"
        if min(steps.values()) < 0.3:
            fell = history["test_accuracy"].max() > history["test_accuracy"][-1]
            lesson = "chosen_by_the_test" if fell and steps[1] < 0.3 else "history_after_epoch"
        raise CheckFailed(
            "Three epochs of one batch, from weights near 0: Adam's three steps lead elsewhere. Half of the weights "
            f"are off by more than {steps[3]:.1f} steps.",
            lesson=lesson,
        )
    accuracies_are_true(params, history, data)
    only_gradients_move(student, rng, data)


def only_gradients_move(student, rng, data):
    """Test that the weights of features which are 0 in all examples stay as they began."""
    (xs, *others), key = data, fresh_key(rng)
    data = (xs * np.float32([1, 1, 1, 1, 0, 0]), *others)
    starts, ends = (student.train(key, data, (6, 3), 2, 48, rate)[0][0][0][:, 4:] for rate in (0.0, 1.0))
    if not np.allclose(starts, ends, rtol=1e-5, atol=0):
        raise CheckFailed(
            "Two features are 0 in all examples, so their weights have no gradient, and Adam leaves them as they are; "
            "here something else changed them.",
            lesson="one_adam",
        )


def turncoats(rng, first, last, count):
    """Examples of which two linear models think otherwise, both most decidedly, with the labels of the first."""
    xs = np.float32(5 * rng.normal(size=(20_000, 6)))
    before, after = (np.hstack([xs, np.ones((len(xs), 1))]) @ p.T for p in (first, last))
    labels, others = before.argmax(1), after.argmax(1)
    apart = [np.ptp(np.sort(z, 1)[:, -2:], axis=1) for z in (before, after)]
    best = np.argsort(np.where(labels == others, 0, np.minimum(*apart)))[-count:]
    return xs[best], labels[best].astype(np.int32)


@exercise("train", trait="keys", points=5, lesson="same_order_each_epoch")
def test_train_shuffle(student, rng):
    """Every epoch has its own order, every key its own run."""
    runs = []
    for program in (train_with_checker, None):
        xs, labels = clusters(rng, 13)
        data = (10 * xs, labels, xs[:6], labels[:6])
        # Learning rate 0: the parameters come back as they began, so what each example costs is known, and the loss of
        # an epoch tells which eight of the thirteen came first.
        params, history = trained(student, rng, data, (6, 3), 24, 8, 0.0, program=program)
        runs.append((params, orders_of_epochs(params, history, *data[:2])))
    (params, first), (others, other_first) = runs
    if np.isin(params[0][0], others[0][0]).mean() > 0.5:
        raise CheckFailed("Two keys started from the same parameters.", lesson="not_of_the_key")
    if first and other_first and sum(a == b for a, b in zip(first, other_first, strict=True)) > 12:
        raise CheckFailed("Two keys gave the same order of examples in each epoch.", lesson="not_of_the_key")
    if first is None:
        # Examples that differ in their labels only: in one order the loss settles, in fresh ones never.
        labels = rng.permutation(np.repeat(np.int32([0, 1]), 6))
        nothing = np.zeros((12, 6), np.float32)
        _, history = trained(student, rng, (nothing, labels, nothing[:6], labels[:6]), (6, 3), 60, 8, 0.6)
        if np.median(np.abs(np.diff(history["loss"][30:], 2))) < 2e-3:
            raise CheckFailed(
                "12 examples in batches of 8 that differ in their labels only: with a fresh order each epoch the loss "
                f"keeps jumping; history['loss'] ends with {history['loss'][-3:].round(4).tolist()}."
            )


def orders_of_epochs(params, history, xs, labels):
    """The examples that came first in each epoch at learning rate 0; None where batches are weighted by their sizes.

    Fails where the epochs are none of 13 examples in batches of 8, or have one order.
    """
    costs = np.array([loss_of(params, xs[[i]], labels[[i]]) for i in range(13)])
    rates = history["train_accuracy"]
    if np.abs(rates - rate_of(params, xs, labels)).max() > 0.04:  # half an example
        raise CheckFailed(
            "With learning rate 0 the training accuracy is that of the first parameters in each epoch; "
            f"history['train_accuracy'] goes from {rates.min():.3f} to {rates.max():.3f}.",
            lesson="history_after_epoch",
        )
    if np.allclose(history["loss"], costs.mean(), rtol=1e-5):
        return None  # so weighted, batches give the training set's loss in any order
    first = first_batches(history["loss"], costs, 8)
    if first is None:
        halved = first_batches(history["loss"] / 2, costs, 8)  # a sum of two batches
        raise CheckFailed(
            "13 examples in batches of 8, learning rate 0: an epoch's loss is the mean of 8 examples, or of that "
            "and the mean of the other 5, or of all. No choice of examples gives "
            f"{history['loss'][:3].round(4).tolist()}.",
            lesson="each_example_once" if halved is None else "history_mean_loss",
        )
    common = {len(a & b) for a, b in pairwise(first)}
    if len(set(first)) < 17 or len(common) == 1:
        raise CheckFailed(
            f"13 examples in batches of 8: in 24 epochs {len(set(first))} different sets of examples came "
            f"first, with {sorted(common)} in common with those of the epoch before.",
            lesson="same_order_each_epoch",
        )
    return first


def first_batches(losses, costs, size):
    """The examples of each epoch's first batch, from the epochs' losses; None where none gives them."""
    choices = np.array(list(combinations(range(len(costs)), size)))
    whole = costs[choices].mean(1)
    rest = (costs.sum() - size * whole) / (len(costs) - size)
    for expected in (whole, (whole + rest) / 2):  # the short batch dropped, and kept
        distance = np.abs(losses[:, None] - expected)
        if distance.min(1).max() < 1e-5 * max(1, costs.mean()):
            return [frozenset(choices[i].tolist()) for i in distance.argmin(1)]
    return None


def adam_from_zero(xs, labels, learning_rate, steps):
    """The weights of a linear model that starts at 0, biases last, after Adam's steps on the whole data."""
    x = np.hstack([xs, np.ones((len(xs), 1))]).astype(np.float64)
    p = m = v = np.zeros((3, x.shape[1]))
    for t in range(1, steps + 1):
        q = np.exp(x @ p.T)
        g = (q / q.sum(1, keepdims=True) - np.eye(3)[labels]).T @ x / len(x)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        p = p - learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return p


@exercise("train", trait="speed", points=5, lesson="loop_over_batches", slow="loop_over_batches")
def test_train_epoch_is_one_call(student, rng):
    """A whole epoch runs inside one compiled call."""
    student.run(train_and_wait, *training(rng, 8 * 4, 1))  # the first compilation costs more than others
    for _ in range(2):
        few, more = (seconds_of_training(student, rng, 8 * batches, 1) for batches in (4, 28))
        budget = few + 24 * 0.02  # a batch takes 10 ms operation by operation, 70 where it is written out and compiled
        if more - few < budget or surely_over(more, few, budget):
            break
    if more - few >= budget:
        raise CheckFailed(
            f"4 batches take {few:.2f} s of CPU, 28 take {more:.2f} s, most of it compiling.", lesson="unrolled_epoch"
        )
    loop = student.run(plain_loop, *clusters(rng, 4000))
    plain = math.inf  # the least of several runs: noise only adds
    for epochs in (4, 35, 90, 200):
        plain = min([plain, *(cpu_cost(student, loop)[1] / 2000 for _ in range(4))])
        # Of as many epochs, as what an epoch costs is not what a batch costs; the first run compiles for so many.
        few = min(seconds_of_training(student, rng, 8 * 4, epochs) for _ in range(2))
        more, batches = seconds_of_training(student, rng, 8 * 500, epochs), epochs * 496
        batch = (more - few) / batches
        if epochs > 4 and batch < 0.7 * plain:
            return
        if surely_over(more, few, 0.7 * plain * batches):
            break
    raise CheckFailed(
        f"A batch costs {batch * 1e6:.0f} µs of CPU; a compiled step that is called from Python for each batch costs "
        f"{plain * 1e6:.0f} µs, in one compiled epoch a small part of that."
    )


def seconds_of_training(student, rng, count, epochs):
    return cpu_cost(student, student.run, train_and_wait, *training(rng, count, epochs))[1]


def training(rng, count, epochs):
    return fresh_key(rng), clusters(rng, count) + clusters(rng, 8), (6, 8, 3), epochs, 8, 1e-2


def train_and_wait(stubs, *args):
    """train(...)"""
    return jax.block_until_ready(stubs.train(*args))[1]["loss"]


def train_with_checker(stubs, *args):
    """train(...) with jax.debug_key_reuse(True)"""
    from jax.errors import KeyReuseError

    try:
        with jax.debug_key_reuse(True):
            return stubs.train(*args)
    except KeyReuseError:
        # It refuses some right programs.
        if reused_key(stubs, call_train, *args):
            raise
    return stubs.train(*args)


def call_train(stubs, *args):
    """train(...)"""
    return stubs.train(*args)


def plain_loop(stubs, xs, labels):
    """two thousand compiled steps, called from Python"""
    optimizer = optax.adam(1e-2)
    sizes = (6, 8, 3)
    draws = zip(jax.random.split(jax.random.key(0), 2), pairwise(sizes), strict=True)
    params = [(0.01 * jax.random.normal(k, (o, i)), jnp.zeros(o)) for k, (i, o) in draws]

    @jax.jit
    def step(params, state, start):
        batch = jax.lax.dynamic_slice_in_dim(xs, start, 8), jax.lax.dynamic_slice_in_dim(labels, start, 8)
        loss, grads = jax.value_and_grad(mean_loss)(params, *batch)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, loss

    def run(count=2000):
        p, state = params, optimizer.init(params)
        for k in range(count):
            p, state, loss = step(p, state, 8 * k % (len(xs) - 8))
        return jax.block_until_ready(loss)

    run(10)
    return run
