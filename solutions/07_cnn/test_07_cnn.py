"""Checks of 07_cnn."""

from itertools import combinations, pairwise

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from autograder.checks import CheckFailed, Lesson, Raw, agree, agree_on_all, exercise
from autograder.checks.growth import first_call_is_short
from autograder.checks.probes import loop_steps, program_size
from autograder.checks.speed import cpu_cost, surely_over

CONV_EXPERIMENT = """
import jax.numpy as jnp
from jax import lax
x = jnp.arange(5.0).reshape(1, 5, 1, 1)
w = jnp.array([1.0, 0.0, -1.0]).reshape(3, 1, 1, 1)
y = lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
print(y.ravel())  # x[i] - x[i + 2]: the kernel as it lies, not turned round
"""
SAME_EXPERIMENT = """
size, kernel, stride = 28, 5, 2
out = -(-size // stride)
padding = max((out - 1) * stride + kernel - size, 0)
print(out, "rows; zeros above:", padding // 2, "below:", padding - padding // 2)
"""
NORM_EXPERIMENT = """
import jax.numpy as jnp
x = jnp.arange(24.0).reshape(2, 2, 2, 3)
print(x.mean((0, 1, 2)), x.var((0, 1, 2)))  # one number a channel, divided by N*H*W
"""
STATS_EXPERIMENT = """
old, batch, momentum = 0.0, 10.0, 0.9
for step in range(3):
    old = momentum * old + (1 - momentum) * batch
    print(old)  # creeps towards the batch's value
"""
MODES_EXPERIMENT = """
import jax.numpy as jnp
from flax import nnx
norm = nnx.BatchNorm(1, rngs=nnx.Rngs(0))
x = jnp.array([[4.0], [6.0]])
norm.train(); print(norm(x).ravel(), norm.mean[...])
norm.eval(); print(norm(x).ravel(), norm.mean[...])
"""
STEP_EXPERIMENT = """
import jax.numpy as jnp, optax
from flax import nnx
model = nnx.Linear(1, 1, rngs=nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.sgd(0.1), wrt=nnx.Param)
loss, grads = nnx.value_and_grad(lambda m: jnp.mean((m(jnp.ones((1, 1))) - 3) ** 2))(model)
optimizer.update(model, grads)
print(loss, jnp.mean((model(jnp.ones((1, 1))) - 3) ** 2))  # before the step, and after it
"""
COMPILE_EXPERIMENT = """
import jax.numpy as jnp
from flax import nnx
model = nnx.Linear(2, 2, rngs=nnx.Rngs(0))

@nnx.jit
def run(model, x):
    print("Python runs: tracing")
    return model(x)

for _ in range(3):
    run(model, jnp.ones((1, 2)))
"""

LESSONS = {
    "flipped_kernel": Lesson(
        "Networks do not flip the kernel",
        "What networks call a convolution is a cross-correlation: output `[i, j]` is the sum of the block that starts "
        "at `[i, j]` times the kernel as it lies.",
        CONV_EXPERIMENT,
    ),
    "layout": Lesson(
        "Say which axis is which",
        "The input is `[N, H, W, Cin]`, the kernel `[kh, kw, Cin, Cout]`. JAX's plain `lax.conv` expects "
        "channels first; "
        '`dimension_numbers=("NHWC", "HWIO", "NHWC")` says otherwise.',
        CONV_EXPERIMENT,
    ),
    "bias_axis": Lesson(
        "One bias an output channel",
        "`b[Cout]` belongs to the last axis and is added once to each output entry.",
        "import jax.numpy as jnp\nprint((jnp.zeros((1, 2, 2, 3)) + jnp.array([1.0, 2.0, 3.0]))[0])",
    ),
    "stride": Lesson(
        "A stride skips positions",
        "With stride `s` the block starts at `[i * s, j * s]`, so about `1 / s` of the rows and columns come out.",
        SAME_EXPERIMENT,
    ),
    "same_padding": Lesson(
        "SAME pads for the output it wants",
        "`'SAME'` gives `ceil(H / stride)` rows and pads what that needs, "
        "`max((out - 1) * stride + kernel - H, 0)`: half of it above, and where it is odd the extra zero goes below.",
        SAME_EXPERIMENT,
    ),
    "one_output": Lesson(
        "One output, by hand",
        "`y[n, i, j, o]` is `b[o]` plus the sum of `x[n, i * stride + p, j * stride + q, c] * w[p, q, c, o]` over the "
        "kernel's rows `p` and columns `q` and the channels `c`. `'VALID'` takes the blocks that fit into the image; "
        "for `'SAME'` the image gets a border of zeros first.",
        "import jax.numpy as jnp\nx, w, b = jnp.arange(9.0).reshape(3, 3), jnp.array([[1.0, 2.0], [3.0, 4.0]]), 0.5\n"
        "print([[float(b + (x[i : i + 2, j : j + 2] * w).sum()) for j in range(2)] for i in range(2)])",
    ),
    "unrolled_positions": Lesson(
        "Positions are no Python loop",
        "A Python loop over rows, columns or examples is unrolled into the program, which grows with the image and "
        "takes minutes to compile. One operation handles all positions at once.",
        "import jax, jax.numpy as jnp\n"
        "loop = lambda x: jnp.stack([x[i] + x[i + 1] for i in range(len(x) - 1)])\n"
        "whole = lambda x: x[:-1] + x[1:]\n"
        "for n in (16, 32):\n"
        "    x = jnp.ones(n)\n"
        "    print(n, len(jax.make_jaxpr(loop)(x).eqns), len(jax.make_jaxpr(whole)(x).eqns))",
    ),
    "slow_convolution": Lesson(
        "One position at a time is slow",
        "A compiled loop over positions still computes them one after the other. A convolution (or one large matrix "
        "product over all blocks) does them together.",
        CONV_EXPERIMENT,
    ),
    "zero_start": Lesson(
        "The maximum of nothing is minus infinity",
        "A running maximum that starts at 0, or a border padded with 0, wins over negative entries. "
        "The neutral element of `max` is `-inf`.",
        "import jax.numpy as jnp\nx = jnp.array([-3.0, -2.0])\n"
        "print(jnp.max(x, initial=0.0), jnp.max(x, initial=-jnp.inf))",
    ),
    "pool_windows": Lesson(
        "Window and stride are two numbers",
        "The window says how large a block is, the stride how far the next one starts. Blocks overlap where the "
        "stride is smaller and leave gaps where it is larger; a block that does not fit is left out.",
        "size, window, stride = 7, 3, 2\nprint([(i, i + window) for i in range(0, size - window + 1, stride)])",
    ),
    "normalise_and_scale": Lesson(
        "Normalise, scale, shift; and remember",
        "`y = gamma * (x - mean) / sqrt(var + eps) + beta`, with one mean and one variance a channel: the batch's own "
        "in training, the running ones in evaluation. `y` comes back first, then the running averages as a dict: moved "
        "by training, left as they were by evaluation, of shape `[C]`.",
        NORM_EXPERIMENT,
    ),
    "norm_axes": Lesson(
        "Statistics of a channel, over everything else",
        "Batch norm averages over examples, rows and columns: one mean and one variance a channel, the variance "
        "divided by `N*H*W`.",
        NORM_EXPERIMENT,
    ),
    "eps_place": Lesson(
        "eps goes inside the root",
        "The divisor is `sqrt(var + eps)`.",
        "import numpy as np\nvar, eps = 0.0, 1e-2\nprint(np.sqrt(var + eps), np.sqrt(var) + eps)",
    ),
    "momentum_side": Lesson(
        "Momentum is what stays",
        "`new = momentum * old + (1 - momentum) * batch`: at 0.9 nine tenths of the old average stay. "
        "Some libraries name the other part momentum.",
        STATS_EXPERIMENT,
    ),
    "batch_in_evaluation": Lesson(
        "Evaluation looks at the running averages",
        "Without training, an example's result may not depend on its neighbours in the batch: "
        "normalise with `stats`, and leave them as they are.",
        MODES_EXPERIMENT,
    ),
    "running_in_training": Lesson(
        "Training normalises with the batch",
        "In training the batch's own mean and variance normalise; the running averages are only updated.",
        MODES_EXPERIMENT,
    ),
    "stats_mutated": Lesson(
        "Return new statistics, leave the old",
        "Arrays cannot change, but a dict can: writing into `stats` changes the caller's. Build a new dict.",
        "old = {'mean': 0.0}\nnew = {**old, 'mean': 1.0}\nprint(old, new)",
    ),
    "constant_statistics": Lesson(
        "The batch's statistics depend on the input",
        "In training the mean and variance are functions of `x`, and the gradient goes through them. `stop_gradient` "
        "or a detour over NumPy cuts that off.",
        "import jax, jax.numpy as jnp\n"
        "x = jnp.array([1.0, 2.0, 4.0])\n"
        "print(jax.grad(lambda x: (x - x.mean())[0])(x))\n"
        "print(jax.grad(lambda x: (x - jax.lax.stop_gradient(x.mean()))[0])(x))",
    ),
    "negative_variance": Lesson(
        "A variance is never negative",
        "`E[x²] - E[x]²` takes one large number from another: for a channel that hardly varies rounding is all that is "
        "left, of any sign, and what is negative has no root. `x.var()` subtracts the mean first.",
        "import jax.numpy as jnp\nx = jnp.tile(jnp.linspace(30, 31, 4)[:, None], 30)\n"
        "print((x**2).mean(1) - x.mean(1) ** 2, x.var(1))",
    ),
    "root_of_nothing": Lesson(
        "A root has no slope at 0",
        "A channel without variance is usual, after a ReLU that is never on. `x.std() ** 2` is right there and has no "
        "gradient, as the root inside has none; `x.var()` has one, and eps keeps the root over it away from 0.",
        "import jax, jax.numpy as jnp\nx = jnp.zeros(3)\nprint(jax.grad(lambda x: x.std() ** 2)(x))\n"
        "print(jax.grad(lambda x: x.var())(x))",
    ),
    "layers": Lesson(
        "The layers, by name and shape",
        "`conv1` to `conv4`, `bn1` to `bn3` and `dense` are attributes of the module. Stride 2 and SAME take 28 "
        "pixels to 14, 7, 4 and 2, so `dense` sees 2 * 2 * 10 numbers.",
        "import jax\nfrom flax import nnx\nlayer = nnx.Conv(1, 32, (5, 5), rngs=nnx.Rngs(0))\n"
        "print(layer.kernel.shape)",
    ),
    "wiring": Lesson(
        "The layers are right, the path through them is not",
        "Each of the first three convolutions is followed by its batch norm and then a ReLU, the fourth by a ReLU "
        "alone; all are SAME with stride 2; the dense layer gives the logits as they are.",
        SAME_EXPERIMENT,
    ),
    "gradient_cut": Lesson(
        "Gradients go back through every layer",
        "The loss reaches a layer's weights through all layers above it. `lax.stop_gradient`, rounding or a detour "
        "through NumPy on the way cuts that: what lies below never learns.",
        "import jax\nimport jax.numpy as jnp\nfrom jax import lax\nprint(jax.grad(lambda x: jnp.sin(2 * x))(0.0))\n"
        "print(jax.grad(lambda x: jnp.sin(lax.stop_gradient(2 * x)))(0.0))",
    ),
    "stuck_mode": Lesson(
        "train() and eval() have to reach the batch norms",
        "`model.train()` and `model.eval()` set `use_running_average` of every layer. A value passed in the call "
        "overrides that for good.",
        MODES_EXPERIMENT,
    ),
    "only_the_norms": Lesson(
        "Training mode changes the three norms, nothing else",
        "In training mode `bn1` to `bn3` normalise with the batch. No dropout and no further norm is in this network: "
        "what acts in training alone does not show in evaluation mode.",
        MODES_EXPERIMENT,
    ),
    "momentum_range": Lesson(
        "Running averages with a momentum from 0.9 to 0.99",
        "In training mode each call moves the averages a little towards the batch, "
        "`new = momentum * old + (1 - momentum) * batch`; in evaluation mode they stay.",
        MODES_EXPERIMENT,
    ),
    "fixed_rngs": Lesson(
        "Draw the weights from rngs",
        "The weights come from the `rngs` that are handed in: equal seeds give equal networks, other seeds others.",
        "from flax import nnx\nfor seed in (0, 0, 1):\n    print(nnx.Linear(1, 2, rngs=nnx.Rngs(seed)).kernel[...])",
    ),
    "loss_and_step": Lesson(
        "A loss, its gradient, a step",
        "The loss is the mean over the batch of `-log softmax(logits)[label]`, at the weights that came in. "
        "`nnx.value_and_grad` of it with respect to the model gives the gradient, and `optimizer.update(model, grads)` "
        "moves the weights against it. Only the loss comes back.",
        STEP_EXPERIMENT,
    ),
    "loss_value": Lesson(
        "The mean cross-entropy, before the step",
        "The loss is `-log softmax(logits)[label]`, averaged over the batch, at the weights that came in.",
        STEP_EXPERIMENT,
    ),
    "weights_not_updated": Lesson(
        "The step changes the model in place",
        "`optimizer.update(model, grads)` changes the weights of the model that was handed in, and the optimizer's own "
        "state. Changes to a copy are lost.",
        STEP_EXPERIMENT,
    ),
    "statistics_lost": Lesson(
        "Batch statistics change with the step",
        "The forward pass of the loss, in training mode, also moves the running averages of the model that was handed "
        "in. With `nnx.value_and_grad` on the module that happens by itself; with a merged copy they have to be "
        "brought back.",
        MODES_EXPERIMENT,
    ),
    "compiled_again": Lesson(
        "Compile once, run often",
        "The Python of a compiled function runs while it is traced. If it runs at every step, each step is traced (and "
        "maybe compiled) again. Put `nnx.jit` outside, where it is made once.",
        COMPILE_EXPERIMENT,
    ),
    "slow_step": Lesson(
        "A step is one compiled program",
        "Without `nnx.jit` each operation of forward pass, gradient and Adam is dispatched on its own.",
        COMPILE_EXPERIMENT,
    ),
    "does_not_learn": Lesson(
        "Images and labels stay together, shuffled",
        "A batch needs examples of all classes, each with its own label, the model in training mode, "
        "and the weights of the model that you return updated.",
        "import numpy as np\nx, y = np.arange(4) * 10, np.arange(4)\norder = np.random.default_rng(0).permutation(4)\n"
        "print(x[order], y[order])",
    ),
    "not_adam": Lesson(
        "Adam, as long as training lasts",
        "Adam remembers averages of the gradients and of their squares, and corrects both for their start: its steps "
        "are about `learning_rate` long at first, then shorter where gradients change their minds. Make one optimizer "
        "before the first epoch; one made in each epoch has forgotten everything.",
        "import jax.numpy as jnp, optax\n"
        "for rule in (optax.adam(0.1), optax.rmsprop(0.1)):\n"
        "    state = rule.init(jnp.array(0.0))\n"
        "    for gradient in (1.0, 0.5, -1.0):\n"
        "        step, state = rule.update(jnp.array(gradient), state)\n"
        "        print(step)",
    ),
    "not_the_last": Lesson(
        "Training ends where it stops",
        "The model that comes back has the weights after the last epoch, and its accuracies end the history. Who picks "
        "an epoch by its test accuracy has trained on the test set.",
        "accuracies = [0.7, 0.9, 0.8]\n"
        "print('after training', accuracies[-1], 'of the luckiest epoch', max(accuracies))",
    ),
    "rate_ignored": Lesson(
        "The learning rate is the caller's",
        "`learning_rate` goes to the optimizer as it is: with a tiny one the weights hardly move.",
        "import jax.numpy as jnp, optax\n"
        "for rate in (1e-1, 1e-9):\n"
        "    rule = optax.adam(rate)\n"
        "    print(rule.update(jnp.array(1.0), rule.init(jnp.array(0.0)))[0])",
    ),
    "same_order": Lesson(
        "A fresh shuffle each epoch",
        "With one order for all epochs the same examples meet in the same batches again and again. "
        "Draw a new permutation of all examples in every epoch.",
        "import jax\nkey = jax.random.key(0)\nfor epoch in range(3):\n"
        "    print(jax.random.permutation(jax.random.fold_in(key, epoch), 6))",
    ),
    "every_example_once": Lesson(
        "An epoch is every example once",
        "Rows drawn at random come twice or never, and the last batch speaks for itself only. Cut one permutation of "
        "all examples into batches; the epoch's loss is the mean of all of them.",
        "import jax\nkey = jax.random.key(0)\nprint(sorted(jax.random.randint(key, (8,), 0, 8).tolist()))\n"
        "print(sorted(jax.random.permutation(key, 8).tolist()))",
    ),
    "frozen_mode": Lesson(
        "Back to training mode after each evaluation",
        "`model.eval()` lasts until `model.train()`. Without it every epoch but the first trains in evaluation mode.",
        MODES_EXPERIMENT,
    ),
    "tested_in_training_mode": Lesson(
        "Test with running statistics",
        "In training mode a test image is normalised together with its neighbours, and the test set leaks into the "
        "running averages. Call `model.eval()` first.",
        MODES_EXPERIMENT,
    ),
    "which_accuracy": Lesson(
        "Two accuracies, each after the epoch",
        "`train_accuracy` is that of the training images and `test_accuracy` that of the test images, both with the "
        "weights that the epoch ended with. Hits on the way belong to weights that are gone.",
        "w, hits = 0.0, []\n"
        "for x in (1.0, 2.0, 3.0):\n"
        "    hits.append(w > 0.5)\n"
        "    w += 0.4 * x\n"
        "print('on the way', sum(hits) / 3, 'after', float(w > 0.5))",
    ),
    "mean_over_images": Lesson(
        "An accuracy is a mean over images",
        "The mean of the batches' accuracies lets an image of a short last batch count for more than any other. Add up "
        "the hits and divide by the number of images.",
        "hits, sizes = [16, 16, 0], [16, 16, 4]\n"
        "print(sum(h / n for h, n in zip(hits, sizes)) / 3, sum(hits) / sum(sizes))",
    ),
    "data_changed": Lesson(
        "The data belong to the caller",
        "`np.random.Generator.shuffle` and `x[:] = ...` change the arrays that were handed in. Shuffle indices, and "
        "pick rows by them.",
        "import numpy as np\nx = np.arange(4)\norder = np.random.default_rng(0).permutation(4)\nprint(x[order], x)",
    ),
    "ragged_batch": Lesson(
        "The last batch may be short",
        "Where the batch size does not divide the number of examples, drop the remainder or train on it; "
        "`reshape(-1, batch_size, ...)` alone fails.",
        "import numpy as np\norder, batch = np.arange(10), 4\n"
        "print(order[: len(order) // batch * batch].reshape(-1, batch))",
    ),
    "history_shape": Lesson(
        "One number an epoch",
        "`history` has the keys 'loss', 'train_accuracy' and 'test_accuracy'; each holds one number for each epoch.",
        "history = {'loss': [], 'train_accuracy': [], 'test_accuracy': []}\nprint(history)",
    ),
    "loss_not_mean": Lesson(
        "The epoch's loss is a mean",
        "`history['loss']` is the mean of the epoch's batch losses, so it does not depend on how many "
        "batches there are.",
        "losses = [2.3, 2.2, 2.1]\nprint(sum(losses), sum(losses) / len(losses))",
    ),
    "seed_ignored": Lesson(
        "The seed decides",
        "Weights and shuffles follow from `seed`: another seed gives another run.",
        "from flax import nnx\nfor seed in (0, 1):\n    print(nnx.Linear(1, 2, rngs=nnx.Rngs(seed)).kernel[...])",
    ),
    "slow_epochs": Lesson(
        "An epoch is compiled steps and little else",
        "After the first epoch everything is compiled. Steps that run operation by operation, or convolutions inside a "
        "`scan` on a CPU, cost ten times as much.",
        COMPILE_EXPERIMENT,
    ),
}

HINTS = {
    "conv2d": (
        "Each output entry is the sum of a block of the input times the kernel. JAX has one operation for all of them.",
        "lax.conv_general_dilated with dimension_numbers; the bias broadcasts over the last axis.",
        'lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b',
    ),
    "max_pool": (
        "A maximum over a sliding window; the batch and channel axes have windows of 1.",
        "lax.reduce_window, or nnx.max_pool.",
        'lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")',
    ),
    "batch_norm": (
        "Choose which mean and variance to use with a plain if: training is a Python bool.",
        "x.mean((0, 1, 2)) and x.var((0, 1, 2)); build a new dict for the new statistics.",
        'mean, var = stats["mean"], stats["var"]\n'
        "if training:\n    mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))\n"
        "    stats = {...: momentum * old + (1 - momentum) * batch}\n"
        "return (x - mean) / jnp.sqrt(var + eps) * gamma + beta, stats",
    ),
    "CNN": (
        "Make every layer in __init__ and call them in order in __call__. Four halvings take 28 to 14, 7, 4, 2.",
        "nnx.Conv(in, out, (k, k), strides=2, padding='SAME', rngs=rngs), nnx.BatchNorm(channels, momentum=0.9, "
        "rngs=rngs), nnx.Linear(40, num_classes, rngs=rngs).",
        "x = nnx.relu(self.bn1(self.conv1(x)))\n...\nreturn self.dense(x.reshape(len(x), -1))",
    ),
    "train_step": (
        "A function of the model gives the loss; its gradient goes to the optimizer; all of it under one jit.",
        "nnx.value_and_grad, optimizer.update(model, grads), optax.softmax_cross_entropy_with_integer_labels, "
        "@nnx.jit.",
        "@nnx.jit\ndef train_step(model, optimizer, xs, labels):\n    def loss_of(model): ...\n"
        "    loss, grads = nnx.value_and_grad(loss_of)(model)\n    optimizer.update(model, grads)\n    return loss",
    ),
    "train": (
        "Two loops: epochs, and batches of a fresh permutation. Switch to eval() to measure and back to train().",
        "jax.random.permutation with a key for each epoch; your train_step for each batch; a jitted function "
        "that counts hits.",
        "for epoch in range(epochs):\n"
        "    order = jax.random.permutation(jax.random.fold_in(key, epoch), len(x_train))\n"
        "    model.train()\n    losses = [train_step(model, optimizer, x_train[i], y_train[i]) for i in "
        "batches of order]\n"
        "    model.eval()\n    ...",
    ),
}


def normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


# ---------------------------------------------------------------------------------------------- conv2d


def convolve(stubs, x, w, b, stride, padding):
    """conv2d"""
    return stubs.conv2d(x, w, b, stride, padding)


def convolve_jitted(stubs, x, w, b, stride, padding):
    """jax.jit(conv2d, static_argnums=(3, 4))"""
    return jax.jit(stubs.conv2d, static_argnums=(3, 4))(x, w, b, stride, padding)


def convolve_gradient(stubs, x, w, b, c, stride, padding):
    """the gradient of (conv2d(x, w, b, stride, padding) * c).sum() with respect to x, w and b"""

    def total(x, w, b):
        return (stubs.conv2d(x, w, b, stride, padding) * c).sum()

    return jax.jit(jax.grad(total, argnums=(0, 1, 2)))(x, w, b)


def convolve_by_positions(stubs):
    """The loop a beginner writes: one output position after the other (stride 1, SAME, 5x5)."""

    @jax.jit
    def at(padded, w, b, i, j):
        blocks = jax.lax.dynamic_slice(padded, (0, i, j, 0), (len(padded), *w.shape[:3]))
        return jnp.tensordot(blocks, w, 3) + b

    # From Python, as JAX 0.12 compiles a loop of so small steps into one as fast as a convolution.
    def run(x, w, b):
        padded = jnp.pad(x, ((0, 0), (2, 2), (2, 2), (0, 0)))
        _, height, width, _ = x.shape
        rows = [[np.asarray(at(padded, w, b, i, j)) for j in range(width)] for i in range(height)]
        return jnp.asarray(np.array(rows)).transpose(2, 0, 1, 3)

    return run


def convolution_to_time(stubs):
    """jax.jit of conv2d, stride 1, SAME"""
    return jax.jit(lambda x, w, b: stubs.conv2d(x, w, b, 1, "SAME"))


def agree_conv(student, reference, rng, cases, lesson=None):
    for shape, kernel, stride, padding in cases:
        args = normal(rng, *shape), normal(rng, *kernel), normal(rng, kernel[-1]), stride, padding
        agree(student, reference, "conv2d", *args, rtol=1e-4, atol=1e-4, lesson=lesson)


def has_one_convolution(student, rng):
    """Check that the program does not grow with rows and columns, channels in or out, or examples."""
    cases = ((2, 6, 6, 1), 1), ((2, 12, 12, 16), 1), ((2, 24, 24, 1), 16), ((18, 6, 6, 1), 1)
    calls = [(normal(rng, *shape), normal(rng, 3, 3, shape[-1], after), normal(rng, after)) for shape, after in cases]
    refuse_growth((student.run(program_size, convolve, *call, 1, "VALID") for call in calls), "unrolled_positions")


@exercise("conv2d", trait="values", points=9, lesson="one_output")
def test_conv2d_values(student, reference, rng):
    """Every output entry is its block times the kernel, plus the bias."""
    cases = (
        ((2, 6, 7, 3), (3, 3, 3, 4), 1, "VALID"),
        ((2, 6, 5, 3), (3, 3, 3, 2), 1, "SAME"),
        ((2, 9, 7, 1), (3, 3, 1, 5), 2, "VALID"),
        ((4, 4, 4, 4), (3, 3, 4, 4), 1, "SAME"),
    )
    agree_conv(student, reference, rng, cases, lesson="one_output")


@exercise("conv2d", trait="values", points=4, lesson="same_padding")
def test_conv2d_shapes(student, reference, rng):
    """Strides 1 to 3, odd and even kernels, both paddings, equal and odd sizes."""
    cases = (
        ((2, 8, 8, 2), (3, 3, 2, 3), 2, "SAME"),
        ((1, 7, 8, 1), (2, 4, 1, 2), 1, "SAME"),
        ((2, 10, 9, 2), (5, 4, 2, 1), 3, "SAME"),
        ((1, 9, 10, 2), (4, 2, 2, 3), 3, "VALID"),
        ((2, 7, 6, 3), (1, 1, 3, 2), 2, "SAME"),
        ((1, 5, 5, 1), (5, 5, 1, 1), 1, "VALID"),
        ((3, 3, 3, 3), (3, 3, 3, 3), 2, "SAME"),
        ((1, 2, 2, 1), (5, 5, 1, 1), 1, "SAME"),
    )
    agree_conv(student, reference, rng, cases, lesson="same_padding")
    # One block, so that all approaches meet the NaN.
    x, w, b = normal(rng, 1, 3, 3, 1), normal(rng, 3, 3, 1, 2), normal(rng, 2)
    x[0, 1, 1] = np.nan
    agree(student, reference, "conv2d", x, w, b, 1, "VALID", lesson="nan_is_news")


@exercise("conv2d", trait="trace", points=3, lesson="unrolled_positions")
def test_conv2d_trace(student, reference, rng):
    """It compiles, has a gradient, and its program does not grow with the image."""
    args = normal(rng, 2, 6, 6, 2), normal(rng, 3, 3, 2, 3), normal(rng, 3)
    close = {"rtol": 1e-4, "atol": 1e-4}
    agree(student, reference, convolve_jitted, *args, 2, "SAME", **close)
    c = normal(rng, 2, 3, 3, 3)
    agree(student, reference, convolve_gradient, *args, c, 2, "SAME", **close, lesson="gradient_cut")
    has_one_convolution(student, rng)


@exercise("conv2d", trait="speed", points=4, lesson="slow_convolution")
def test_conv2d_speed(student, race, rng):
    """All positions at once."""
    has_one_convolution(student, rng)
    image, kernel, bias = normal(rng, 1, 12, 12, 1), normal(rng, 3, 3, 1, 1), normal(rng, 1)
    steps = student.run(loop_steps, convolve, image, kernel, bias, 1, "SAME")
    if steps >= 12 * 12:
        raise CheckFailed(
            f"For an image of 12 x 12 its loops take {steps} steps, one after the other.", lesson="slow_convolution"
        )
    race(
        convolution_to_time,
        inputs=lambda: (normal(rng, 32, 28, 28, 1), normal(rng, 5, 5, 1, 16), normal(rng, 16)),
        baseline=convolve_by_positions,
        lesson="slow_convolution",
    )


def refuse_growth(sizes, lesson):
    """Fail at the first size, of an iterator, that shows a loop written out: the next may take minutes."""
    small = next(sizes)
    for large in sizes:
        if large > 1.3 * small + 10:
            raise CheckFailed(
                f"The program has {small} operations for a small input and {large} for a larger one.", lesson=lesson
            )


def does_not_unroll(student, call_of, *, small, larger, many):
    """Fail where the program grows with the image, the channels or the batch; `many` is for the clock behind it."""
    sizes = (student.run(program_size, *call_of(*shape)) for shape in (small, *larger))
    refuse_growth(sizes, "unrolled_positions")
    for shape in many:
        first_call_is_short(student, call_of(*small), call_of(*shape), lesson="unrolled_positions")


# -------------------------------------------------------------------------------------------- max_pool


def pool(stubs, x, window, stride):
    """max_pool"""
    return stubs.max_pool(x, window, stride)


def pool_jitted(stubs, x, window, stride):
    """jax.jit(max_pool, static_argnums=(1, 2))"""
    return jax.jit(stubs.max_pool, static_argnums=(1, 2))(x, window, stride)


def pool_gradient(stubs, x, c, window, stride):
    """the gradient of (max_pool(x, window, stride) * c).sum()"""

    def total(x):
        return (stubs.max_pool(x, window, stride) * c).sum()

    try:
        return jax.jit(jax.grad(total))(x)
    except ValueError as error:
        # Python stops gradients. `reduce_window` has none where JAX does not know its function: that is allowed.
        return jnp.zeros_like(x) if "callback" in str(error) else None


@exercise("max_pool", trait="values", points=5, lesson="pool_windows")
def test_max_pool_values(student, reference, rng):
    """The largest entry of each window, channel by channel."""
    for shape, window, stride in (((2, 4, 6, 3), 2, 2), ((3, 7, 5, 2), 2, 2), ((4, 4, 4, 4), 2, 2)):
        agree(student, reference, "max_pool", normal(rng, *shape), window, stride, lesson="pool_windows")


@exercise("max_pool", trait="values", points=3)
def test_max_pool_windows(student, reference, rng):
    """Overlapping windows, gaps, leftovers and negative inputs."""
    cases = (
        ((2, 7, 8, 2), 3, 2),
        ((1, 6, 5, 1), 3, 1),
        ((2, 8, 9, 3), 2, 3),
        ((1, 5, 5, 1), 5, 5),
        ((1, 4, 3, 2), 1, 2),
        ((3, 3, 3, 3), 3, 3),
    )
    for shape, window, stride in cases:
        agree(student, reference, "max_pool", normal(rng, *shape), window, stride, lesson="pool_windows")
    for shape, window, stride in (((2, 6, 6, 2), 2, 2), ((1, 7, 5, 1), 3, 2)):
        for x in (-1 - np.abs(normal(rng, *shape)), -rng.uniform(2e38, 3.3e38, shape).astype(np.float32)):
            agree(student, reference, "max_pool", x, window, stride, lesson="zero_start")


@exercise("max_pool", trait="trace", points=2, lesson="unrolled_positions")
def test_max_pool_trace(student, reference, rng):
    """It compiles, its gradient goes to the largest entries, and its program does not grow with the image."""
    agree(student, reference, pool_jitted, normal(rng, 2, 6, 6, 2), 2, 2)
    args = normal(rng, 2, 6, 6, 2), normal(rng, 2, 3, 3, 2), 2, 2
    wanted, got = (side.run(pool_gradient, *args) for side in (reference, student))
    if got is not None and not np.allclose(got, wanted, rtol=1e-4, atol=1e-5):
        raise CheckFailed("The maxima are right, and their gradient is not.", lesson="gradient_cut")
    does_not_unroll(
        student,
        lambda *shape: (pool, normal(rng, *shape), 2, 2),
        small=(2, 8, 8, 2),
        larger=((2, 16, 16, 16), (2, 32, 32, 2), (18, 8, 8, 2)),
        many=((2, 8, 8, 256), (2, 64, 64, 2), (256, 8, 8, 2)),
    )


# ------------------------------------------------------------------------------------------ batch_norm


def norm_jitted(stubs, x, gamma, beta, stats, training):
    """jax.jit(batch_norm, static_argnums=4)"""
    return jax.jit(stubs.batch_norm, static_argnums=4)(x, gamma, beta, stats, training)


def norm_gradient(stubs, x, gamma, beta, stats, c, training):
    """the gradient of (batch_norm(x, gamma, beta, stats, training)[0] * c).sum() with respect to x, gamma and beta"""

    def total(x, gamma, beta):
        return (stubs.batch_norm(x, gamma, beta, stats, training)[0] * c).sum()

    return jax.jit(jax.grad(total, argnums=(0, 1, 2)))(x, gamma, beta)


def norm_size(stubs, x, gamma, beta, stats):
    """batch_norm in training"""
    return stubs.batch_norm(x, gamma, beta, stats, True)


def normalised(stubs, x, gamma, beta, stats):
    """batch_norm(x, gamma, beta, stats, True)[0]"""
    return stubs.batch_norm(x, gamma, beta, stats, True)[0]


def norm_twice(stubs, x, gamma, beta, stats, training):
    """batch_norm, twice on the same arguments; what stats hold afterwards comes third"""
    first = stubs.batch_norm(x, gamma, beta, stats, training)
    second = stubs.batch_norm(x, gamma, beta, stats, training)
    return first, second, stats


def norm_args(rng, *shape, offset=0.0, scale=1.0):
    channels = shape[-1]
    x = (scale * rng.normal(size=shape) + offset + rng.normal(size=channels)).astype(np.float32)
    stats = {"mean": normal(rng, channels), "var": rng.uniform(0.5, 2, channels).astype(np.float32)}
    return x, rng.uniform(0.5, 2, channels).astype(np.float32), normal(rng, channels), stats


@exercise("batch_norm", trait="values", points=9, lesson="normalise_and_scale")
def test_batch_norm_values(student, reference, rng):
    """Training uses and averages the batch's statistics, evaluation uses the averages."""
    for shape in ((4, 3, 5, 2), (3, 3, 3, 3)):
        args = norm_args(rng, *shape)
        for training in (True, False):
            close = {"rtol": 1e-4, "atol": 1e-4, "lesson": "normalise_and_scale"}
            agree(student, reference, "batch_norm", *args, training, **close)


@exercise("batch_norm", trait="values", points=4, lesson="normalise_and_scale")
def test_batch_norm_options(student, reference, rng):
    """Any momentum and eps, a single example, a single pixel, a channel far from zero."""
    args = norm_args(rng, 2, 2, 3, 3, scale=0.3)
    for training in (True, False):
        agree(student, reference, "batch_norm", *args, training, momentum=0.25, eps=0.1, rtol=1e-4, atol=1e-4)
        agree(student, reference, "batch_norm", *args, training, 0.5, 0.02, rtol=1e-4, atol=1e-4)
        lesson = None if training else "batch_in_evaluation"
        alone = norm_args(rng, 1, 2, 2, 1)
        agree(student, reference, "batch_norm", *alone, training, rtol=1e-4, atol=1e-4, lesson=lesson)
    agree(student, reference, "batch_norm", *norm_args(rng, 1, 1, 1, 2), True, rtol=1e-4, atol=1e-4)
    x, gamma, beta, _ = norm_args(rng, 2, 3, 2, 3)
    start = {"mean": np.zeros(3, np.float32), "var": np.ones(3, np.float32)}
    # A variance about as large as the eps that nobody gave.
    for faint, lesson in ((x, "momentum_side"), (np.float32(3e-3) * x, "eps_place")):
        agree(student, reference, "batch_norm", faint, gamma, beta, start, True, rtol=1e-4, atol=1e-4, lesson=lesson)
    # E[x²] - E[x]² in float32 is off by about 4 * 6e-8 * 100² at this offset: right enough for here.
    far = norm_args(rng, 8, 4, 4, 2, offset=100.0)
    agree(student, reference, "batch_norm", *far, True, rtol=2e-2, atol=2e-2)
    # Channels that do not vary: of 32 roundings some are negative by more than eps.
    x, *others = norm_args(rng, 2, 3, 5, 32)
    x[:] = rng.uniform(20, 40, 32).astype(np.float32)
    agree(student, reference, "batch_norm", x, *others, True, rtol=0.1, atol=0.1, lesson="negative_variance")
    x, *others = norm_args(rng, 1, 2, 2, 1)
    x[0, 1, 1] = np.nan
    agree(student, reference, normalised, x, *others, lesson="nan_is_news")


@exercise("batch_norm", trait="pure", points=3, lesson="stats_mutated")
def test_batch_norm_pure(student, reference, rng):
    """The statistics that came in stay as they were; NumPy arrays are welcome."""
    x, gamma, beta, stats = norm_args(rng, 3, 2, 4, 2)
    for training in (True, False):
        agree(
            student,
            reference,
            norm_twice,
            x,
            gamma,
            beta,
            stats,
            training,
            rtol=1e-4,
            atol=1e-4,
            lesson="stats_mutated",
        )
        plain = Raw(x), Raw(gamma), Raw(beta), {name: Raw(value) for name, value in stats.items()}
        first, second, after = student.run(norm_twice, *plain, training)
        if any(not np.array_equal(after[name], stats[name]) for name in ("mean", "var")):
            raise CheckFailed("The arrays in the stats that came in have changed.", lesson="stats_mutated")
        if not np.array_equal(first[0], second[0]):
            raise CheckFailed("Two calls with the same arguments gave different results.", lesson="stats_mutated")


@exercise("batch_norm", trait="trace", points=4, lesson="constant_statistics")
def test_batch_norm_trace(student, reference, rng):
    """It compiles, its gradient goes through the batch's statistics, and its program does not grow."""
    args = norm_args(rng, 3, 4, 4, 2)
    for training in (True, False):
        agree(student, reference, norm_jitted, *args, training, rtol=1e-4, atol=1e-4)
        c = normal(rng, 3, 4, 4, 2)
        agree(
            student,
            reference,
            norm_gradient,
            *args,
            c,
            training,
            rtol=1e-3,
            atol=1e-3,
            lesson="constant_statistics",
        )
    # A channel that is 0 everywhere, as after a ReLU that is never on.
    x, *others = norm_args(rng, 3, 4, 4, 2)
    x[..., 0] = 0
    agree(student, reference, norm_gradient, x, *others, c, True, rtol=1e-3, atol=1e-3, lesson="root_of_nothing")
    does_not_unroll(
        student,
        lambda *shape: (norm_size, *norm_args(rng, *shape)),
        small=(4, 3, 3, 4),
        larger=((8, 6, 6, 8), (36, 3, 3, 4), (4, 15, 15, 4)),
        many=((4, 3, 3, 192), (4, 32, 32, 4), (512, 3, 3, 4)),
    )


# ------------------------------------------------------------------------------------------------- CNN

KERNELS = {
    "conv1": (5, 5, 1, 32),
    "conv2": (5, 5, 32, 32),
    "conv3": (3, 3, 32, 10),
    "conv4": (3, 3, 10, 10),
    "dense": (40, None),
}
NORMS = {"bn1": 32, "bn2": 32, "bn3": 10}


def kernel_shapes(num_classes):
    return {name: tuple(n or num_classes for n in shape) for name, shape in KERNELS.items()}


def cnn_weights(rng, num_classes, bias=1.0):
    """Arrays for every layer; the kernels keep the size of the signal, so that eps of the norms does not show."""
    weights = {}
    for name, shape in kernel_shapes(num_classes).items():
        kernel = normal(rng, *shape) * np.sqrt(2 / np.prod(shape[:-1]))
        weights[name] = {"kernel": kernel.astype(np.float32), "bias": np.float32(bias) * normal(rng, shape[-1])}
    for name, channels in NORMS.items():
        weights[name] = {
            "scale": rng.uniform(0.7, 1.4, channels).astype(np.float32),
            "bias": normal(rng, channels) / 2,
            "mean": normal(rng, channels) / 2,
            "var": rng.uniform(0.5, 2, channels).astype(np.float32),
        }
    return weights


def put(variable, value):
    variable[...] = jnp.asarray(value)


def set_weights(model, weights):
    """Put arrays into the layers. A convolution without a bias has its batch norm's mean moved instead."""
    for name, arrays in sorted(weights.items()):
        for key, value in arrays.items():
            variable = getattr(getattr(model, name), key, None)
            if variable is not None:
                put(variable, value)
            elif name in ("conv1", "conv2", "conv3"):
                norm = f"bn{name[-1]}"
                put(getattr(model, norm).mean, weights[norm]["mean"] - value)
    return model


def move_weights(model):
    """Add 1 to all its parameters: those that were promised are set afterwards, and no others should matter."""
    nnx.update(model, jax.tree.map(lambda weight: weight + 1, nnx.state(model, nnx.Param)))


forward = nnx.jit(lambda model, x: model(x))


def new_cnn(stubs, num_classes, seed=0):
    return stubs.CNN(num_classes, rngs=nnx.Rngs(seed))


def layer_arrays(stubs, num_classes):
    """what the arrays of CNN(num_classes, rngs) are"""
    model = new_cnn(stubs, num_classes)
    wanted = dict.fromkeys(KERNELS, ("kernel",)) | dict.fromkeys(NORMS, ("scale", "bias", "mean", "var"))
    layers = {name: getattr(model, name, None) for name in wanted}
    return {name: {key: array_of(layers[name], key) for key in keys} for name, keys in wanted.items()}


def array_of(layer, key):
    variable = getattr(layer, key, None)
    return None if variable is None else f"{variable.dtype}{list(variable.shape)}"


def logits_in(stubs, mode, num_classes, weights, x):
    """logits of a CNN with these weights, in the mode given first"""
    model = set_weights(new_cnn(stubs, num_classes), weights)
    getattr(model, mode)()
    return forward(model, x)


def moved_logits(stubs, num_classes, weights, x):
    """logits of a CNN with these weights, in training mode; 1 was added to all parameters before"""
    model = new_cnn(stubs, num_classes)
    move_weights(model)
    set_weights(model, weights).train()
    return forward(model, x)


LEARNED = dict.fromkeys(NORMS, ("scale", "bias")) | dict.fromkeys(KERNELS, ("kernel",))


def gradients(stubs, weights, x, c):
    """gradients of sum(c * logits) with respect to the parameters and the images, in training mode"""
    model = set_weights(new_cnn(stubs, 10), weights)
    model.train()
    of_parameters, of_images = nnx.grad(lambda model, x: (c * model(x)).sum(), argnums=(0, 1))(model, x)
    nnx.update(model, of_parameters)
    found = {f"{name}.{key}": getattr(getattr(model, name), key) for name, keys in LEARNED.items() for key in keys}
    learned = {name: variable[...] for name, variable in found.items() if isinstance(variable, nnx.Param)}
    return learned | {"images": of_images}


def statistics_after(stubs, mode, start, weights, x):
    """running mean and variance of each batch norm, from `start`, after a call in the mode given first"""
    model = set_weights(new_cnn(stubs, 10), weights)
    for name in NORMS:
        norm = getattr(model, name)
        put(norm.mean, jnp.full_like(norm.mean[...], start))
        put(norm.var, jnp.full_like(norm.var[...], start))
    getattr(model, mode)()
    forward(model, x)
    return {name: (getattr(model, name).mean[...], getattr(model, name).var[...]) for name in NORMS}


def first_logits(stubs, seed, x):
    """logits and kernels of CNN(10, nnx.Rngs(seed)), in evaluation mode"""
    model = new_cnn(stubs, 10, seed)
    model.eval()
    return forward(model, x), *(getattr(model, name).kernel[...] for name in KERNELS)


# Norms with any eps up to 1e-3 pass: over variances of about 1 that is half a thousandth a layer.
LOOSE = {"rtol": 1e-2, "atol": 1e-2}


@exercise("CNN", trait="values", points=9, lesson="layers")
def test_CNN_values(student, reference, rng):
    """With the same weights and running averages it gives the same logits, in evaluation mode."""
    arrays = student.run(layer_arrays, 10)
    wanted = {name: {"kernel": list(shape)} for name, shape in kernel_shapes(10).items()}
    wanted |= {name: {key: [n] for key in ("scale", "bias", "mean", "var")} for name, n in NORMS.items()}
    for name, shapes in wanted.items():
        for key, shape in shapes.items():
            got, due = arrays[name][key], f"float32{shape}"
            if got != due:
                what = "is not there" if got is None else f"is {got}, not {due}"
                raise CheckFailed(f"`{name}.{key}` {what}.", lesson="layers")
    weights = cnn_weights(rng, 10)
    agree(student, reference, logits_in, "eval", 10, weights, normal(rng, 3, 28, 28, 1), **LOOSE, lesson="wiring")


@exercise("CNN", trait="values", points=4, lesson="stuck_mode")
def test_CNN_training(student, reference, rng):
    """In training mode it normalises with the batch, and gradients go back through all layers."""
    weights, x = cnn_weights(rng, 10), 0.5 + 2 * normal(rng, 6, 28, 28, 1)

    def lesson_of(program, args, lesson):
        one, other = (student.run(program, mode, *args[1:]) for mode in ("train", "eval"))
        moves = np.shape(one) == np.shape(other) and not np.allclose(one, other, **LOOSE)
        return "only_the_norms" if moves else lesson

    given = "train", 10, weights, x
    agree_on_all(student, reference, [(logits_in, given, LOOSE | {"lesson": "stuck_mode"})], lesson_of)
    agree(student, reference, moved_logits, 10, weights, x, **LOOSE, lesson="wiring")
    args = weights, x, normal(rng, 6, 10)
    mine, theirs = (side.run(gradients, *args) for side in (student, reference))
    for name in theirs:
        if name not in mine:
            raise CheckFailed(f"`{name}` is no `nnx.Param`: no optimizer finds it.", lesson="gradient_cut")
    for layer, norm in (("conv1", "bn1"), ("conv2", "bn2"), ("conv3", "bn3")):
        along = cosines(weights[layer]["kernel"], mine[f"{layer}.kernel"])
        if not np.sqrt(np.mean(along**2)) < 2e-3:
            raise CheckFailed(
                f"A longer kernel in {layer} changes no logits, as {norm} divides by the batch's deviation. Your "
                "gradient says that it does.",
                lesson="gradient_cut",
            )
    # Norms with another eps turn a few ReLUs on or off: gradients differ by a third then. What is cut is 0.
    for name, wanted in theirs.items():
        got, due = mine[name], np.linalg.norm(wanted)
        alike = np.linalg.norm(got) > 0.1 * due if name != "images" else np.linalg.norm(got - wanted) < 0.7 * due
        if got.shape != wanted.shape or not alike:
            raise CheckFailed(
                f"The logits are right, and their gradient with respect to `{name}` is not.", lesson="gradient_cut"
            )


def cosines(kernel, gradient):
    """Of the angles between an output channel's kernel and its gradient.

    Statistics that are functions of the batch make them 0, but for eps: 1e-4 for one of 1e-3. Constant ones: 1e-2.
    """
    k, g = (array.reshape(-1, array.shape[-1]) for array in (kernel, gradient))
    return (k * g).sum(0) / (np.linalg.norm(k, axis=0) * np.linalg.norm(g, axis=0) + 1e-30)


@exercise("CNN", trait="values", points=3, lesson="momentum_range")
def test_CNN_statistics(student, reference, rng):
    """Training moves the running averages, with a momentum from 0.9 to 0.99; evaluation leaves them."""
    weights, x = cnn_weights(rng, 10, bias=0.0), normal(rng, 8, 28, 28, 1)
    kept = student.run(statistics_after, "eval", 1.0, weights, x)
    if any(np.abs(array - 1).max() > 1e-6 for pair in kept.values() for array in pair):
        raise CheckFailed("In evaluation mode the running averages moved.", lesson="momentum_range")
    expected = batch_statistics(reference, weights, x)
    for name, (momentum, *batch) in batch_statistics(student, weights, x).items():
        if not 0.899 <= momentum <= 0.991:
            raise CheckFailed(f"The momentum of {name} is {momentum:.3f}.", lesson="momentum_range")
        for kind, mine, theirs in zip(("mean", "variance"), batch, expected[name][1:], strict=True):
            if not np.allclose(mine, theirs, rtol=2e-2, atol=1e-2):
                raise CheckFailed(
                    f"The running {kind} of {name} does not move towards the batch's.", lesson="momentum_range"
                )


def batch_statistics(side, weights, x):
    """Momentum, batch mean and batch variance of each norm, from where the averages go when they start at 0 "
    "and at 1."""
    low, high = (side.run(statistics_after, "train", start, weights, x) for start in (0.0, 1.0))
    found = {}
    for name in NORMS:
        momentum = float(np.median([up - down for up, down in zip(high[name], low[name], strict=True)]))
        left = max(1 - momentum, 1e-6)
        found[name] = (momentum, *(array / left for array in low[name]))
    return found


@exercise("CNN", trait="values", points=2, lesson="layers")
def test_CNN_classes(student, reference, rng):
    """Any number of classes, and a batch of one."""
    for num_classes, n in ((3, 1), (17, 2)):
        weights, x = cnn_weights(rng, num_classes), normal(rng, n, 28, 28, 1)
        agree(student, reference, logits_in, "eval", num_classes, weights, x, **LOOSE, lesson="layers")


@exercise("CNN", trait="law", points=2, lesson="fixed_rngs")
def test_CNN_rngs(student, rng):
    """The weights come from rngs."""
    x, seed = normal(rng, 2, 28, 28, 1), int(rng.integers(2**30))
    one, same, other = (student.run(first_logits, s, x) for s in (seed, seed, seed + 1))
    if any(not np.array_equal(a, b) for a, b in zip(one, same, strict=True)):
        raise CheckFailed("Two networks from equal seeds differ.", lesson="fixed_rngs")
    for kernel, twin, name in zip(one[1:], other[1:], KERNELS, strict=True):
        if name == "dense" and not kernel.any() and not twin.any():
            continue  # a last layer may start at zero
        if not np.isfinite(kernel).all() or kernel.std() == 0 or np.mean(kernel == twin) > 0.01:
            raise CheckFailed(
                f"The kernels of {name} of two networks from different seeds are alike.", lesson="fixed_rngs"
            )


# ------------------------------------------------------------------------------------------ train_step

CALLS = []


class Glance(nnx.Module):
    """A small network with a batch norm, whose Python notes each time it runs."""

    def __init__(self, rngs):
        self.conv1 = nnx.Conv(1, 4, (5, 5), strides=4, padding="VALID", rngs=rngs)
        self.bn1 = nnx.BatchNorm(4, momentum=0.8, rngs=rngs)
        self.dense = nnx.Linear(144, 10, rngs=rngs)

    def __call__(self, x):
        CALLS.append(1)
        x = nnx.relu(self.bn1(self.conv1(x)))
        return self.dense(x.reshape(len(x), -1))


def glance_weights(rng):
    return {
        "conv1": {"kernel": normal(rng, 5, 5, 1, 4) / 5, "bias": normal(rng, 4)},
        "bn1": {
            "scale": 1 + normal(rng, 4) / 5,
            "bias": normal(rng, 4) / 2,
            "mean": normal(rng, 4),
            "var": np.full(4, 2.0, "f"),
        },
        # What all classes share changes no loss, unless the weights' size is a part of it.
        "dense": {"kernel": normal(rng, 144, 10) / 12 + normal(rng, 144, 1), "bias": normal(rng, 10)},
    }


def optimizer_for(model, name):
    # With this eps Adam does not blow up gradients that are rounding noise.
    rules = {"sgd": optax.sgd(0.1, momentum=0.9), "adam": optax.adam(1e-2, eps=1e-3), "slow": optax.sgd(1e-3)}
    return nnx.Optimizer(model, rules[name], wrt=nnx.Param)


def losses_and_weights(stubs, rule, weights, xs, labels):
    """losses of train_step on batch after batch, and the model's weights afterwards"""
    model, losses = stepped(stubs, rule, weights, xs, labels)
    return {
        "losses": losses,
        "conv1.kernel": model.conv1.kernel[...],
        "bn1.scale": model.bn1.scale[...],
        "bn1.bias": model.bn1.bias[...],
        "dense.kernel": model.dense.kernel[...],
        "dense.bias": model.dense.bias[...],
    }


def running_averages(stubs, rule, weights, xs, labels):
    """the running averages of a model after train_step on batch after batch"""
    model, _ = stepped(stubs, rule, weights, xs, labels)
    return {"mean": model.bn1.mean[...], "var": model.bn1.var[...]}


def statistics_move(stubs, rule, weights, xs, labels):
    """whether the running averages move in another call of a model, after train_step"""
    model, _ = stepped(stubs, rule, weights, xs, labels)
    before = model.bn1.mean[...]
    forward(model, xs[0])
    return not np.array_equal(before, model.bn1.mean[...])


def stepped(stubs, rule, weights, xs, labels):
    model = set_weights(Glance(nnx.Rngs(0)), weights)
    model.train()
    optimizer = optimizer_for(model, rule)
    return model, [stubs.train_step(model, optimizer, x, y) for x, y in zip(xs, labels, strict=True)]


def python_runs(stubs, weights, xs, labels):
    """how often the model's Python ran in each of several train_steps on batches of one shape"""
    model = set_weights(Glance(nnx.Rngs(0)), weights)
    model.train()
    optimizer = optimizer_for(model, "sgd")
    runs = []
    for x, y in zip(xs, labels, strict=True):
        CALLS.clear()
        stubs.train_step(model, optimizer, x, y)
        runs.append(len(CALLS))
    return runs


def step_to_time(stubs):
    """train_step on one model and optimizer"""
    model = Glance(nnx.Rngs(0))
    model.train()
    optimizer = optimizer_for(model, "slow")
    return lambda xs, labels: stubs.train_step(model, optimizer, xs, labels)


def eager_step(stubs):
    """The same step, one operation at a time."""
    model = Glance(nnx.Rngs(0))
    model.train()
    optimizer = optimizer_for(model, "slow")

    def step(xs, labels):
        def loss_of(model):
            return optax.losses.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

        loss, grads = nnx.value_and_grad(loss_of)(model)
        optimizer.update(model, grads)
        return loss

    return step


def batches(rng, steps, n):
    return normal(rng, steps, n, 28, 28, 1), rng.integers(0, 10, (steps, n)).astype(np.int32)


@exercise("train_step", trait="values", points=6, lesson="loss_and_step")
def test_train_step_values(student, reference, rng):
    """It returns the loss before the step and moves the weights along the gradient."""
    weights = glance_weights(rng)
    for rule, steps, n in (("sgd", 3, 6), ("adam", 3, 10)):
        args = rule, weights, *batches(rng, steps, n)
        agree(student, reference, losses_and_weights, *args, rtol=1e-3, atol=1e-3, lesson="loss_and_step")
    # Gradients of ten and more count in full, too.
    norm, dense = weights["bn1"], weights["dense"]
    loud = norm | {"scale": 100 * norm["scale"], "bias": 100 * norm["bias"]}
    weights = weights | {"bn1": loud, "dense": dense | {"kernel": dense["kernel"] / 100}}
    args = "sgd", weights, *batches(rng, 1, 6)
    agree(student, reference, losses_and_weights, *args, rtol=1e-3, atol=1e-3, lesson="weights_not_updated")
    # A network that is sure and wrong: probabilities that are 0 in float32.
    weights = weights | {"dense": dense | {"bias": 200 * normal(rng, 10)}, "bn1": norm}
    args = "sgd", weights, *batches(rng, 1, 6)
    agree(student, reference, losses_and_weights, *args, rtol=1e-3, atol=1e-3, lesson="loss_value")


@exercise("train_step", trait="values", points=3, lesson="statistics_lost")
def test_train_step_statistics(student, reference, rng):
    """It moves the running averages of the model."""
    args = "sgd", glance_weights(rng), *batches(rng, 2, 6)
    agree(student, reference, running_averages, *args, rtol=1e-3, atol=1e-3, lesson="statistics_lost")
    if not student.run(statistics_move, *args):
        raise CheckFailed("After the step the model is in evaluation mode.", lesson="frozen_mode")


@exercise("train_step", trait="trace", points=3, lesson="compiled_again")
def test_train_step_trace(student, rng):
    """It compiles once for batches of one shape."""
    runs = student.run(python_runs, glance_weights(rng), *batches(rng, 6, 4))
    if sum(runs[2:]):
        raise CheckFailed(f"In six steps on batches of one shape, the model's Python ran {sum(runs)} times.")


@exercise("train_step", trait="speed", points=3, lesson="slow_step")
def test_train_step_speed(race, rng):
    """A step runs as one compiled program."""

    def inputs():
        xs, labels = batches(rng, 1, 128)
        return xs[0], labels[0]

    race(step_to_time, inputs=inputs, baseline=eager_step, lesson="slow_step")


# ----------------------------------------------------------------------------------------------- train


def toy_images(rng, n_train, test_labels):
    """Ten blurry patterns plus noise, sorted by class: `(x_train, y_train, x_test, y_test)`."""
    patterns = np.kron(rng.normal(size=(10, 7, 7)), np.ones((4, 4)))[..., None]
    labels = np.sort(np.arange(n_train) % 10), np.asarray(test_labels)
    images = [(0.5 + 0.25 * patterns[y] + 0.3 * rng.normal(size=(len(y), 28, 28, 1))).clip(0, 1) for y in labels]
    return images[0].astype("f"), labels[0].astype(np.int32), images[1].astype("f"), labels[1].astype(np.int32)


def run_train(stubs, seed, data, epochs, batch_size, learning_rate):
    """train"""
    return stubs.train(seed, tuple(data), epochs, batch_size, learning_rate)


COMPILED = []


def note_compilation(event, seconds, **_):
    if event.endswith("backend_compile_duration"):
        COMPILED.append(seconds)


def train_and_count(stubs, seed, data, epochs, batch_size, learning_rate):
    """train; the number of programs about as large as the largest that were compiled meanwhile comes third"""
    if note_compilation not in COMPILED:
        COMPILED.append(note_compilation)
        jax.monitoring.register_event_duration_secs_listener(note_compilation)
    before = len(COMPILED)
    model, history = run_train(stubs, seed, data, epochs, batch_size, learning_rate)
    took = COMPILED[before:]
    large = max([0.3, *took]) / 3
    return model, history, sum(seconds > large for seconds in took)


def hit_rate(stubs, model, xs, labels, mode="eval"):
    """the accuracy of the returned model, in the mode given last"""
    model = nnx.clone(model)
    getattr(model, mode)()
    return float((forward(model, xs).argmax(-1) == labels).mean())


def classes_read(stubs, model, xs):
    """the classes that the returned model reads in the images"""
    model = nnx.clone(model)
    model.eval()
    return forward(model, xs).argmax(-1).astype(jnp.int32)


def batch_losses(stubs, model, mode, xs, labels, batches):
    """the loss of the returned model on each batch, rows of indices, in this mode"""
    model = nnx.clone(model)
    getattr(model, mode)()
    cost = optax.losses.softmax_cross_entropy_with_integer_labels
    return [float(cost(forward(model, xs[batch]), labels[batch]).mean()) for batch in batches]


def kernels_of(stubs, model):
    """the kernels of the returned model"""
    return [getattr(model, name).kernel[...] for name in KERNELS]


def train_and_look(stubs, seed, data, epochs, batch_size, learning_rate):
    """train; whether the arrays that were handed in are what they were comes third"""
    before = [array.copy() for array in data]
    model, history = run_train(stubs, seed, data, epochs, batch_size, learning_rate)
    return model, history, all(map(np.array_equal, data, before))


def walk_through(stubs, model, xs, repeats, batch_size):
    """the model's compiled forward pass over all examples, several times"""
    model.eval()
    for _ in range(repeats):
        for i in range(0, len(xs), batch_size):
            forward(model, xs[i : i + batch_size]).block_until_ready()


def read_history(history, epochs):
    names = ("loss", "train_accuracy", "test_accuracy")
    if not isinstance(history, dict) or set(history) != set(names):
        raise CheckFailed(
            "The history is not a dict of 'loss', 'train_accuracy' and 'test_accuracy'.", lesson="history_shape"
        )
    values = {name: np.asarray(history[name], np.float64) for name in names}
    for name, array in values.items():
        if array.shape != (epochs,):
            raise CheckFailed(
                f"history[{name!r}] has shape {array.shape} after {epochs} epochs.", lesson="history_shape"
            )
        if not np.isfinite(array).all():
            raise CheckFailed(f"history[{name!r}] has values that are not finite.", lesson="does_not_learn")
    return values


def seed_of(rng):
    return int(rng.integers(2**30))


@exercise("train", trait="learns", points=6, runs_long=True, lesson="does_not_learn", slow="slow_epochs")
def test_train_learns(student, rng):
    """It learns ten patterns with Adam, and says so in the history."""
    # Steps enough for running statistics of momentum 0.99; epochs few, for those who compile in each.
    *data, tests, labels = toy_images(rng, 2400, np.arange(100) % 10)
    order, epochs = rng.permutation(2400), 2
    # Labels that nobody can guess, in what is a last batch of four for those who take the mean of batches.
    said_labels = np.where(np.arange(100) < 96, labels, (labels + 1) % 10).astype(np.int32)
    data = (*(array[order] for array in data), tests, said_labels)
    model, history = student.run(run_train, seed_of(rng), data, epochs, 16, 2e-3)
    seen = read_history(history, epochs)
    accuracy = student.run(hit_rate, model, tests, labels)
    if accuracy < 0.9:
        raise CheckFailed(f"The returned model reads {accuracy:.0%} of the test images.", lesson="does_not_learn")
    for name, least in (("train_accuracy", 0.9), ("test_accuracy", 0.8)):
        if not least <= seen[name][-1] <= 1:
            raise CheckFailed(
                f"The last {name} is {seen[name][-1]:.3g}, the model's own {accuracy:.3g}.", lesson="history_shape"
            )
    accuracies_are_true(student, model, seen, data, wrong_test="mean_over_images")
    if seen["loss"][-1] > 0.5 * seen["loss"][0] or seen["loss"].min() < 0:
        raise CheckFailed(
            f"The model learns, but its loss went from {seen['loss'][0]:.3g} to {seen['loss'][-1]:.3g}.",
            lesson="loss_not_mean",
        )
    # Who knows nothing pays log(10), so the first of 150 steps alone makes their mean more.
    if seen["loss"][0] < np.log(10) / 300:
        raise CheckFailed(
            f"The loss of the first epoch is {seen['loss'][0]:.3g}; its first batch alone costs more than that in the "
            "mean of all.",
            lesson="loss_not_mean",
        )
    steps_with_adam(student, rng)


def steps_with_adam(student, rng):
    """Check that the second step is one of Adam, which remembers the first."""
    data, seed, rate = toy_images(rng, 64, np.arange(20) % 10), seed_of(rng), 5e-3
    kernels = []
    for epochs in (1, 2):  # of one step each
        model, history = student.run(run_train, seed, data, epochs, 64, rate)
        accuracies_are_true(student, model, read_history(history, epochs), data)
        kernels.append(student.run(kernels_of, model))
    steps = np.concatenate([np.abs(b - a).ravel() for a, b in zip(*kernels, strict=True)]) / rate
    steps = steps[steps > 0.01]
    if not len(steps):
        return
    again, long = np.mean(np.abs(steps - 1) < 0.01), np.quantile(steps, 0.9)
    if again > 0.9:
        raise CheckFailed(
            f"With a learning rate of {rate}, {again:.0%} of the weights move by just that in the second step too: "
            "it is a first step again, of an optimizer that remembers nothing.",
            lesson="not_adam",
        )
    # Whoever draws other weights where there are more epochs takes no step that could be told.
    if 1.2 < long < 3.3:
        raise CheckFailed(
            f"With a learning rate of {rate}, a tenth of the weights move by {rate * long:.2g} or more in the second "
            "step. Adam's first steps are no longer than the learning rate.",
            lesson="not_adam",
        )


def accuracies_are_true(student, model, seen, data, wrong_test="which_accuracy"):
    """Check that the last accuracies are those of the model that came back, by running statistics, over all images."""
    for kind, images, classes in (("test", *data[2:]), ("train", *data[:2])):
        said, accuracy = seen[f"{kind}_accuracy"][-1], student.run(hit_rate, model, images, classes)
        if abs(said - accuracy) > 0.04:
            other_mode = abs(said - student.run(hit_rate, model, images, classes, "train")) < 0.01
            lesson = wrong_test if kind == "test" else "which_accuracy"
            raise CheckFailed(
                f"The last {kind} accuracy in the history is {said:.3f}; with running statistics, over all "
                f"{len(images)} images, the model reaches {accuracy:.3f}.",
                lesson="tested_in_training_mode" if other_mode else lesson,
            )


@exercise("train", trait="learns", points=3, runs_long=True, lesson="ragged_batch")
def test_train_evaluation(student, rng):
    """Accuracies after the epoch, by running statistics; any number of examples; NumPy arrays."""
    *data, labels = toy_images(rng, 150, np.arange(60) % 10)
    # Faint test images: a network that uses their own statistics reads them, one that uses running ones does not.
    data, epochs = (*data[:2], data[2] * np.float32(0.1), labels), 5
    arrays = [Raw(array) for array in data]
    model, history, unchanged = student.run(train_and_look, seed_of(rng), arrays, epochs, 16, 5e-4)
    seen = read_history(history, epochs)
    accuracies_are_true(student, model, seen, data)
    if np.ptp(seen["train_accuracy"]) == np.ptp(seen["test_accuracy"]) == 0:
        raise CheckFailed("Both accuracies are the same after each of five epochs.", lesson="which_accuracy")
    if not unchanged:
        raise CheckFailed("The arrays that were handed in have other values after the training.", lesson="data_changed")


@exercise("train", trait="law", points=3, runs_long=True, lesson="same_order")
def test_train_shuffle(student, rng):
    """Every epoch takes Adam's steps over all examples, in a fresh order by the seed; its loss is its batches' mean."""
    data, epochs, seed = toy_images(rng, 7, np.arange(10)), 20, seed_of(rng)
    # Weights that hardly move: what is left to change the loss from epoch to epoch is who shares a batch with whom.
    model, history = student.run(run_train, seed, data, epochs, 3, 1e-9)
    losses = read_history(history, epochs)["loss"]
    if losses[-4:].max() < 0.7 * losses[:4].min():
        raise CheckFailed(
            f"With a learning rate of 1e-9 the loss went from {losses[0]:.3g} to {losses[-1]:.3g}.",
            lesson="rate_ignored",
        )
    start = student.run(kernels_of, model)
    # A last layer may start at zero: no loss tells then who shares a batch.
    splits = fresh_splits(student, model, losses, data) if np.abs(start[-1]).max() > 1e-6 else None
    _, again = student.run(run_train, seed, data, epochs, 3, 1e-9)
    if not np.allclose(read_history(again, epochs)["loss"], losses, rtol=1e-5):
        raise CheckFailed("The same seed gave two different runs.", lesson="seed_ignored")
    other_seed_differs(student, rng, data, epochs, start, splits)
    keeps_its_rate(student, data, seed, start)
    ends_where_it_stops(student, rng, seed, start)


def fresh_splits(student, model, losses, data):
    """How each epoch split the examples, in fresh orders, as its loss tells."""
    splits, mean = splits_of_epochs(student, model, "train", losses, *data[:2])
    if splits is None:
        raise CheckFailed(
            "7 examples in batches of 3, weights that hardly move: an epoch's loss is the mean of two batches' losses, "
            "and of the last example's if it is kept. Batches of these examples cost about "
            f"{mean:.2f}, and none give {losses[:3].round(4).tolist()}.",
            lesson=why_no_split(student, model, losses, mean, *data[:2]),
        )
    order_is_fresh(splits)
    return splits


def other_seed_differs(student, rng, data, epochs, start, splits):
    """Check that the weights and the shuffles of another seed are others."""
    model, history = student.run(run_train, seed_of(rng), data, epochs, 3, 1e-9)
    others = student.run(kernels_of, model)
    if all(np.abs(a - b).max() < 1e-4 for a, b in zip(start, others, strict=True)):
        raise CheckFailed("Two seeds start from the same weights.", lesson="seed_ignored")
    found, _ = splits_of_epochs(student, model, "train", read_history(history, epochs)["loss"], *data[:2])
    # Of 20 fresh orders, more than 8 are the same less than once in a billion times.
    if splits and found and sum(a == b for a, b in zip(found, splits, strict=True)) > 8:
        raise CheckFailed("Two seeds shuffle in the same way.", lesson="seed_ignored")


def keeps_its_rate(student, data, seed, start):
    """Check that each of 20 steps is as long as the learning rate, and that only gradients move the weights."""
    rate, picks = 1e-6, []
    images, labels, *tests = data
    data = (with_black_rows(images), labels, *tests)
    for epochs in (20, 23):  # the second tells an epoch that was picked from one that happens to be the best
        # So short steps on one batch leave the gradient as it is: Adam's are as long as the rate then, first to last.
        model, history = student.run(run_train, seed, data, epochs, 7, rate)
        seen, end = read_history(history, epochs), student.run(kernels_of, model)
        moves = np.abs(end[-1] - start[-1]).ravel() / rate
        moves = moves[moves > 0.1]
        if not len(moves) or moves.max() > 100 * epochs:  # it starts from other weights
            return
        steps = np.median(moves)
        if abs(steps / epochs - 1) <= 0.025:
            only_gradients_move(start, end, -0.5)
            return
        best = seen["loss"].argmin(), seen["train_accuracy"].argmax(), seen["test_accuracy"].argmax()
        picks.append(round(steps) - 1 in best)
    raise CheckFailed(
        f"In {epochs} epochs of one batch, with a learning rate of {rate}, the weights of the last layer moved by "
        f"{steps:.1f} times that. Adam, at one rate, moves them by {epochs} times.",
        lesson="not_the_last" if all(picks) else "not_adam",
    )


def ends_where_it_stops(student, rng, seed, start):
    """Check that the last weights come back, at a rate that lets the loss rise, and the accuracy of all images."""
    [image, *_], _, *tests = toy_images(rng, 1, np.arange(10))
    data = (with_black_rows(np.tile(image, (10, 1, 1, 1))), np.arange(10, dtype=np.int32), *tests)
    first, _ = student.run(run_train, seed, data, 1, 7, 1.0)
    # Who keeps the epoch that reads the test images best is led to keep the first.
    data = (*data[:3], student.run(classes_read, first, data[2]))
    model, history = student.run(run_train, seed, data, 2, 7, 1.0)
    said, end = read_history(history, 2)["train_accuracy"][-1], student.run(kernels_of, model)
    # Of ten equal images with ten labels one is read; of seven, or of the three that are left, none, a seventh or more.
    if abs(said - 0.1) > 0.03:
        raise CheckFailed(
            "Any network reads one of ten equal images with ten labels; the train accuracy in the history is "
            f"{said:.3f}.",
            lesson="which_accuracy",
        )
    moves = np.concatenate([np.abs(b - a).ravel() for a, b in zip(start, end, strict=True)])
    moves = moves[moves > 0.01]
    # The second step is shorter than the first, as the gradient grows, and leads on or back.
    if len(moves) and np.mean(np.abs(moves - 1) < 0.01) > 0.8:
        raise CheckFailed(
            "After two epochs the weights are those after the first, where the loss was less: the last are promised.",
            lesson="not_the_last",
        )
    only_gradients_move(start, end, -0.95)  # weights that are drawn anew make it -0.7


def with_black_rows(images):
    """The images with every other row black: two rows of conv1's kernels see nothing else."""
    return images * (np.arange(28) % 2)[:, None, None].astype(np.float32)


def only_gradients_move(start, end, least):
    """Check that weights without a gradient stay: that the angle between them and their moves has no cosine below."""
    weights, moves = start[0][1::2], end[0][1::2] - start[0][1::2]
    if (weights * moves).sum() < least * np.linalg.norm(weights) * np.linalg.norm(moves):
        raise CheckFailed(
            "Where every other row of the images is black, two rows of conv1's kernels have no gradient, and Adam "
            "leaves them as they are; here something made them smaller.",
            lesson="not_adam",
        )


def splits_of_epochs(student, model, mode, losses, xs, labels):
    """How each epoch split 7 examples into batches of 3, 3 and 1, as its loss tells, and the mean loss of batches.

    The first two come in no order; None where there is no split that gives the loss.
    """
    threes, ones = ([frozenset(part) for part in combinations(range(7), size)] for size in (3, 1))
    batches = [np.array(sorted(part)) for part in threes + ones]
    cost = dict(zip(threes + ones, student.run(batch_losses, model, mode, xs, labels, batches), strict=True))
    splits = [(a, b, frozenset(range(7)) - a - b) for a, b in combinations(threes, 2) if not a & b]
    a, b, rest = np.array([[cost[part] for part in split] for split in splits]).T
    mean = (a + b).mean() / 2
    # The short batch dropped, as much as any other, as much as its size.
    for expected in ((a + b) / 2, (a + b + rest) / 3, (3 * a + 3 * b + rest) / 7):
        distance = np.abs(losses[:, None] - expected)
        if distance.min(1).max() < 2e-5 * expected.mean():
            return [splits[i] for i in distance.argmin(1)], mean
    return None, mean


def why_no_split(student, model, losses, mean, xs, labels):
    """The lesson for epochs whose loss is that of no split."""
    if splits_of_epochs(student, model, "eval", losses[1:], xs, labels)[0]:
        return "frozen_mode"
    if np.ptp(losses) < 1e-5 * mean:
        return "loss_not_mean"
    return "every_example_once" if 0.6 * mean < losses[0] < 1.6 * mean else "loss_not_mean"


def order_is_fresh(splits):
    """Check that epochs split the examples in many ways, and leave each over at some time."""
    kinds, left = len(set(splits)), {rest for _, _, rest in splits}
    if len(left) == 1 < kinds:
        [(example,)] = left
        raise CheckFailed(
            f"7 examples in batches of 3: example {example} was left over in each of {len(splits)} epochs.",
            lesson="every_example_once",
        )
    again = sum(a == b for a, b in pairwise(splits))
    # Of 20 fresh orders, fewer than 9 kinds or more than 6 repetitions come less than once in 100 million times.
    if kinds < 9 or again > 6:
        ways = "in one way" if kinds == 1 else f"in {kinds} ways"
        raise CheckFailed(
            f"7 examples in batches of 3: {len(splits)} epochs split them {ways}, of 70 that there are; {again} did "
            "as the one before.",
            lesson="same_order",
        )


# In forward passes, an epoch of compiled steps costs 4 to 8, of single operations or a scan on a CPU 20 and more.
PASSES = 15


@exercise("train", trait="speed", points=3, runs_long=True, lesson="slow_epochs", slow="slow_epochs")
def test_train_speed(student, rng):
    """More epochs cost little more than their compiled steps, and another seed is another run."""
    data, seed, few, more = toy_images(rng, 320, np.arange(100) % 10), seed_of(rng), 4, 8
    # What the first training compiles for all must not be taken off the epochs of the longer one.
    model, first, once = student.run(train_and_count, seed, data, 1, 32, 1e-3)
    (_, second, compiled), short = cpu_cost(student, student.run, train_and_count, seed + 1, data, few, 32, 1e-3)
    if read_history(first, 1)["loss"][0] == read_history(second, few)["loss"][0]:
        raise CheckFailed("Two seeds gave the same loss in the first epoch.", lesson="seed_ignored")
    if compiled >= few and compiled > once:
        message = f"A training of {few} epochs, after one of a single epoch, compiles {compiled} large programs."
        raise CheckFailed(message, lesson="compiled_again")
    student.run(walk_through, model, data[0], 1, 32)
    shorts, longs, forwards = [short], [], []
    for look in range(2, 8, 2):
        if longs:
            shorts.append(cpu_cost(student, student.run, train_and_count, seed + look, data, few, 32, 1e-3)[1])
        longs.append(cpu_cost(student, student.run, train_and_count, seed + look + 1, data, few + more, 32, 1e-3)[1])
        forwards += [cpu_cost(student, student.run, walk_through, model, data[0], more, 32)[1] for _ in range(3)]
        short, long, forward = min(shorts), min(longs), min(forwards)  # noise only adds
        passes = (long - short) / forward
        if passes <= PASSES * 2 / 3:
            return
        if surely_over(long, short, PASSES * forward):
            break
    if passes <= PASSES:
        return
    raise CheckFailed(f"An epoch costs as much as {passes:.0f} forward passes; 5 are usual, {PASSES} fine.")
