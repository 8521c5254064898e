"""The syllabus's headline table: each reference against a plain loop, interleaved in one run, on the same data.

Time a unit (an epoch, a batch, a character) is the difference of a long and a short training, so that compiling is
left out. Quality comes from one full training of the reference.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from autograder import datasets
from autograder.notebook.load import load
from autograder.notebook.read import read_cells
from autograder.stage import load_stage
from tests.bench import plain
from tests.bench.page import Page, machine, spread

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
ROUNDS = 3


@dataclass(frozen=True)
class Run:
    """One row: two trainings that take a number of units, and how much of a unit they are timed over."""

    name: str
    unit: str
    reference: Callable[[int], Any]
    plain: Callable[[int], Any]
    few: int
    many: int
    reach: str


def names_of(stage_name: str) -> dict[str, Any]:
    """The reference's own functions, by name."""
    stage = load_stage(ROOT / "solutions" / stage_name)
    names, failures = load(read_cells(ROOT / "solutions" / stage_name / f"{stage_name}.py", stage.checks), stage.checks)
    assert not failures, failures
    return names


def seconds_a_unit(train: Callable[[int], Any], few: int, many: int) -> float:
    """Wall seconds of one more unit."""
    spent = []
    for units in (few, many):
        start = time.perf_counter()
        jax.block_until_ready(jax.tree.leaves(train(units)))
        spent.append(time.perf_counter() - start)
    return (spent[1] - spent[0]) / (many - few)


def square(data: tuple) -> tuple:
    """The digits as images of one channel."""
    return tuple(x.reshape(-1, 28, 28, 1) if x.ndim == 2 else x for x in data)


def novella() -> str:
    path = SHARED / "metamorphosis.txt"
    return path.read_text(encoding="utf-8") if path.exists() else datasets.text("python")[:120_000]


def runs() -> list[Run]:
    """The rows of the table, with the reference's quality as text."""
    mlp, cnn, gru, rnn = map(names_of, ("06_mlp", "07_cnn", "08_gru_ou", "09_char_rnn"))
    sizes, mlp_digits, cnn_digits, book = [784, 512, 512, 10], datasets.digits(), square(datasets.digits()), novella()
    key = jax.random.key(0)
    rows = [
        Run(
            "06 MLP 784-512-512-10, digits, batch 100",
            "epoch",
            lambda epochs: mlp["train"](key, mlp_digits, sizes, epochs, 100, 1e-3)[1],
            lambda epochs: plain.train_mlp(mlp, 0, mlp_digits, sizes, epochs, 100, 1e-3),
            1,
            13,
            "≥ 3x",
        ),
        Run(
            "06 MLP, digits, batch 20",
            "epoch",
            lambda epochs: mlp["train"](key, mlp_digits, sizes, epochs, 20, 1e-3)[1],
            lambda epochs: plain.train_mlp(mlp, 0, mlp_digits, sizes, epochs, 20, 1e-3),
            1,
            7,
            "≥ 3x",
        ),
        Run(
            "07 CNN, digits, batch 100",
            "epoch",
            lambda epochs: cnn["train"](0, cnn_digits, epochs, 100, 2e-3)[1],
            lambda epochs: plain.train_cnn(cnn, 0, cnn_digits, epochs, 100, 2e-3),
            1,
            5,
            "no slower",
        ),
    ]
    for steps, on_host in itertools.product((10, 100), (False, True)):
        where = "NumPy" if on_host else "uncompiled JAX"
        rows.append(
            Run(
                f"08 GRU on OU, 12 hidden, batches of 64 x {steps}; the plain loop's paths by {where}",
                "batch",
                lambda batches, steps=steps: gru["train"](key, batches, 64, steps, 12, 1e-2)[1],
                lambda batches, steps=steps, on_host=on_host: plain.train_gru(
                    gru, 0, batches, 64, steps, 12, 1e-2, on_host=on_host
                ),
                50,
                50 + 40_000 // steps,
                "≥ 10x",
            )
        )
    length, batch = 32, 8
    epoch = (len(book) - 1) // (batch * length) * batch * length
    rows.append(
        Run(
            f"09 char-RNN 3x128, {len(book) // 1000} kB of text",
            "character",
            lambda units: rnn["train"](0, book[: units + 1], 128, 1, batch, length, 2e-3)[1],
            lambda units: plain.train_char_rnn(rnn, 0, book, 128, units, length, 2e-3),
            batch * length * 20,
            epoch,
            "≥ 5x",
        )
    )
    return rows


def measure(row: Run) -> tuple[list[float], list[float]]:
    """Seconds a unit of reference and plain loop, in turn; the first compilation, which costs more, comes before."""
    row.reference(row.few), row.plain(row.few)
    pairs = [
        (seconds_a_unit(row.reference, row.few, row.many), seconds_a_unit(row.plain, row.few, row.many))
        for _ in range(ROUNDS)
    ]
    mine, theirs = zip(*pairs, strict=True)
    return list(mine), list(theirs)


def matmul_bound() -> float:
    """Seconds for just the matrix products of one epoch of the MLP at batch 100, one compiled call."""
    shapes = [(784, 512), (512, 512), (512, 10)]
    weights = [jnp.full(shape, 0.01) for shape in shapes]

    @jax.jit
    def products(inputs, weights):
        def batch(total, xs):
            for w in weights:
                ys = xs @ w
                total += (xs.T @ ys).sum() + (ys @ w.T).sum()  # as many products as the backward pass has
                xs = ys
            return total, None

        return jax.lax.scan(batch, 0.0, inputs)[0]

    inputs = jnp.asarray(datasets.digits()[0]).reshape(100, 100, 784)
    spent = []
    for _ in range(6):
        start = time.perf_counter()
        products(inputs, weights).block_until_ready()
        spent.append(time.perf_counter() - start)
    return float(np.median(spent[1:]))


def gru_bound(gru: dict[str, Any], steps: int) -> float:
    """Seconds a batch of 08 for just the gradient and Adam's update, compiled as one call, on a batch that is ready."""
    optimizer = optax.adam(1e-2)
    inputs, targets = jax.random.normal(jax.random.key(1), (2, 64, steps - 1, 1))

    @partial(jax.jit, static_argnums=1)
    def run(params, batches):
        def step(carry, shift):
            def mse(params):
                return jnp.mean((gru["apply_model"](params, inputs + shift) - targets) ** 2)

            params, state = carry
            updates, state = optimizer.update(jax.grad(mse)(params), state)
            return (optax.apply_updates(params, updates), state), None

        # The shift, another one for each batch, keeps the compiler from doing the work once for all.
        return jax.lax.scan(step, (params, optimizer.init(params)), jnp.linspace(0, 0.1, batches))[0][0]

    params = gru["init_model"](jax.random.key(0), 12)
    few, many = 50, 50 + 40_000 // steps
    run(params, few), run(params, many)
    return float(np.median([seconds_a_unit(partial(run, params), few, many) for _ in range(5)]))


def rnn_bound(vocab: int) -> float:
    """Seconds a character for just the matrix products of 09, forward and backward, step by step in one compiled loop.

    Three cells of 128 and a head, 8 streams: the shapes of the row above.
    """
    shapes = [(128 + vocab, 128), (256, 128), (256, 128), (128, vocab)]
    weights = [jnp.full(shape, 0.01) for shape in shapes]
    inputs = [jnp.full((8, rows), 0.01) for rows, _ in shapes]

    @partial(jax.jit, static_argnums=0)
    def products(steps):
        def step(carry, shift):
            gradients, total = carry
            for k, (x, w) in enumerate(zip(inputs, weights, strict=True)):
                y = jnp.tanh((x + shift) @ w)
                gradients[k] += (x + shift).T @ y
                total += (y @ w.T).sum()
            return (gradients, total), None

        zeros = [jnp.zeros(shape) for shape in shapes]
        return jax.lax.scan(step, (zeros, 0.0), jnp.linspace(0, 1, steps))[0]

    few, many = 100, 15_000
    products(few), products(many)
    return float(np.median([seconds_a_unit(products, few, many) for _ in range(5)])) / 8


def quality() -> list[tuple[str, str, str]]:
    """(run, reached, wanted) of full trainings of the references."""
    mlp, cnn, gru, rnn = map(names_of, ("06_mlp", "07_cnn", "08_gru_ou", "09_char_rnn"))
    key = jax.random.key(0)
    history = mlp["train"](key, datasets.digits(), [784, 512, 512, 10], 10, 100, 1e-3)[1]
    found = [("06 MLP, 10 epochs, digits", f"test accuracy {float(history['test_accuracy'][-1]):.4f}", "≥ 0.97")]
    history = cnn["train"](0, square(datasets.digits()), 10, 100, 2e-3)[1]
    found.append(("07 CNN, 10 epochs, digits", f"test accuracy {float(history['test_accuracy'][-1]):.4f}", "≥ 0.98"))
    for steps, batches, rate in ((10, 1000, 1e-2), (100, 1000, 1e-2), (10, 900, 1e-4)):
        predict, _ = gru["train"](key, batches, 64, steps, 12, rate)
        error, floor = against_kalman(gru, predict, steps)
        wanted = "MSE ≤ 0.075" if rate == 1e-4 else "within 2 % of Kalman"
        reached = f"MSE {error:.4f}, Kalman {floor:.4f} ({100 * (error / floor - 1):+.1f} %)"
        found.append((f"08 GRU, {batches} batches of 64 x {steps}, rate {rate:g}", reached, wanted))
    pattern = "abcd" * 250
    model, _ = rnn["train"](0, pattern, 8, 80, 4, 25, 1e-2)
    prompt = jnp.array([0, 1, 2, 3])
    written = np.asarray(rnn["sample"](model, key, prompt, 100, 0.0))
    exact = bool((written == np.arange(100) % 4).all())
    found.append(("09 char-RNN, abcd..., 8 hidden, 80 epochs", f"greedy sample exact: {exact}", "exact"))
    book, batch, length = novella(), 8, 32
    epochs = round(1.5e6 / len(book))
    start = time.perf_counter()
    _, history = rnn["train"](0, book, 128, epochs, batch, length, 2e-3)
    reached = f"{history['loss'][-1]:.3f} nats/char after {epochs * len(book) / 1e6:.2f} M characters"
    found.append(("09 char-RNN 3x128, novella", f"{reached}, {time.perf_counter() - start:.0f} s", "≤ 1.30"))
    return found


def against_kalman(names: dict[str, Any], predict: Callable, steps: int) -> tuple[float, float]:
    """One-step error of the model and of the filter on the same 20,000 fresh paths."""
    walk, fog, start = jax.random.split(jax.random.key(99), 3)
    x0 = jax.random.uniform(start, (20_000,))
    simulate = jax.vmap(partial(names["simulate_ou"]), (0, 0, None, None, None, None, None))
    clean = simulate(jax.random.split(walk, 20_000), x0, 1.0, 2.0, 0.5, 0.1, steps)
    noisy = clean + jnp.sqrt(0.1) * jax.random.normal(fog, clean.shape)
    error = float(jnp.mean((predict(noisy[:, :-1, None])[..., 0] - clean[:, 1:]) ** 2))
    return error, datasets.kalman_mse(np.asarray(clean), np.asarray(noisy))


def main(page: Page) -> None:
    """Measure, print, and write docs/benchmarks/headline.md with its plot."""
    page.line(f"Measured on {machine()}; {ROUNDS} rounds, reference and plain loop in turn; median and range.")
    rows, bars = [], []
    for run in runs():
        mine, theirs = measure(run)
        ratios = np.array(theirs) / np.array(mine)
        rows.append(
            [run.name, spread(mine, run.unit), spread(theirs, run.unit), f"{np.median(ratios):.1f}x", run.reach]
        )
        bars.append((run.name, ratios))
        page.say(" | ".join(rows[-1]))
    page.table(["run", "reference", "plain loop", "speedup", "wanted"], rows)
    page.bars("headline.svg", bars, "times as fast as the plain loop")
    page.line(
        f"The matrix products of an epoch of the MLP alone, forward and backward, take {1000 * matmul_bound():.0f} ms "
        "at batch 100 on this machine: what bounds that row. Its time holds the accuracies on 12,000 images as well."
    )
    short, long = (gru_bound(names_of("08_gru_ou"), steps) for steps in (10, 100))
    page.line(
        f"The gradient of the GRU and Adam's update alone, in one compiled loop over a batch that is ready, take "
        f"{1e6 * short:.0f} µs a batch of 64 x 10 and {1e3 * long:.2f} ms a batch of 64 x 100. The plain loop's "
        "compiled step holds the same work, so that no loop can be more than (plain loop) / (this) times as fast."
    )
    products = rnn_bound(len(set(novella())))
    page.line(
        f"The matrix products of the character RNN alone, forward and backward, take {1e6 * products:.1f} µs a "
        "character at 8 streams: what bounds its row."
    )
    found = quality()
    for line in found:
        page.say(" | ".join(line))
    page.table(["run", "reached", "wanted"], [list(line) for line in found])
