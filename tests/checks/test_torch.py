"""Stage 06 against PyTorch: same weights, same batches, the same losses step by step. Where PyTorch is installed."""

from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from autograder.datasets import digits
from autograder.notebook.load import load
from autograder.notebook.read import read_cells
from autograder.stage import load_stage

torch = pytest.importorskip("torch")
FOLDER = Path(__file__).parents[2] / "solutions" / "06_mlp"
STEPS, BATCH, SIZES = 50, 64, [784, 64, 32, 10]


def reference() -> dict:
    stage = load_stage(FOLDER)
    names, failures = load(read_cells(FOLDER / "06_mlp.py", stage.checks), stage.checks)
    assert failures == {}
    return names


def batches() -> list[tuple[np.ndarray, np.ndarray]]:
    x_train, y_train, *_ = digits()
    rows = np.random.default_rng(0).permutation(len(x_train))[: STEPS * BATCH].reshape(STEPS, BATCH)
    return [(x_train[r], y_train[r]) for r in rows]


def losses_in_torch(params: list) -> list[float]:
    layers = []
    for weights, bias in params:
        layer = torch.nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(np.array(weights)))
            layer.bias.copy_(torch.tensor(np.array(bias)))
        layers += [layer, torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = []
    for xs, labels in batches():
        loss = torch.nn.functional.cross_entropy(model(torch.tensor(xs)), torch.tensor(labels).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses


def test_losses_equal_those_of_pytorch_step_by_step():
    names = reference()
    params = names["init_mlp"](jax.random.key(0), SIZES, scale=0.1)
    expected = losses_in_torch(params)
    optimizer = optax.adam(1e-3)
    step, state, losses = names["make_train_step"](optimizer), optimizer.init(params), []
    for xs, labels in batches():
        params, state, loss = step(params, state, jnp.asarray(xs), jnp.asarray(labels))
        losses.append(float(loss))
    assert losses[-1] < 0.8 * losses[0]
    np.testing.assert_allclose(losses, expected, rtol=2e-3)
