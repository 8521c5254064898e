"""The bundled digits: as recorded, balanced, drawn again by the recipe, and neither too easy nor too hard."""

import hashlib
import importlib.util
from importlib import resources
from pathlib import Path

import jax
import jax.numpy as jnp
import matplotlib
import numpy as np
import optax
import pytest

from autograder.datasets import digits, images
from autograder.datasets.manifest import manifest

ROOT = Path(__file__).parents[2]
FILE = resources.files("autograder.datasets") / "data" / "digits.npz"


@pytest.fixture(scope="module")
def data():
    return digits()


@pytest.fixture(scope="module")
def recipe():
    spec = importlib.util.spec_from_file_location("make_digits", ROOT / "datasets" / "make_digits.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_file_is_the_recorded_one():
    entry = manifest()["digits"].file("digits.npz")
    content = FILE.read_bytes()
    assert len(content) == entry.bytes < 4_000_000
    assert hashlib.sha256(content).hexdigest() == entry.sha256


def test_shapes_types_and_balance(data):
    x_train, y_train, x_test, y_test = data
    assert x_train.shape == (10_000, 784)
    assert x_test.shape == (2_000, 784)
    assert x_train.dtype == x_test.dtype == np.float32
    assert y_train.dtype == y_test.dtype == np.int32
    assert x_train.min() == 0
    assert x_train.max() == 1
    assert (np.bincount(y_train) == 1000).all()
    assert (np.bincount(y_test) == 200).all()


def test_no_image_is_there_twice(data):
    x = np.concatenate([data[0], data[2]])
    assert len({row.tobytes() for row in x}) == len(x)


def test_images_by_name(data):
    assert all(np.array_equal(a, b) for a, b in zip(images(), data, strict=True))
    with pytest.raises(ValueError, match="'digits', 'mnist'"):
        images("cifar")


@pytest.mark.skipif(
    f"matplotlib {matplotlib.__version__}," not in manifest()["digits"].made_with,
    reason="the recorded bytes are those of another matplotlib",
)
def test_the_recipe_draws_the_same(recipe):
    with np.load(FILE) as saved:
        labels = recipe.labels(recipe.TRAIN, 10**9)
        assert np.array_equal(labels, saved["y_train"])
        for i in (*range(50), 9_999):
            assert np.array_equal(recipe.image(i, int(labels[i])), saved["x_train"][i])


def accuracy_of_softmax_regression(data, steps=1500):
    x, y, x_test, y_test = map(jnp.asarray, data)
    optimizer = optax.adam(3e-3)

    def loss(params, rows):
        logits = x[rows] @ params["w"] + params["b"]
        return optax.softmax_cross_entropy_with_integer_labels(logits, y[rows]).mean()

    def step(carry, rows):
        params, state = carry
        updates, state = optimizer.update(jax.grad(loss)(params, rows), state)
        return (optax.apply_updates(params, updates), state), None

    @jax.jit
    def fit(rows):
        params = {"w": jnp.zeros((784, 10)), "b": jnp.zeros(10)}
        (params, _), _ = jax.lax.scan(step, (params, optimizer.init(params)), rows)
        return (jnp.argmax(x_test @ params["w"] + params["b"], -1) == y_test).mean()

    return float(fit(jax.random.randint(jax.random.key(0), (steps, 200), 0, len(x))))


def test_a_linear_model_is_not_enough(data):
    assert 0.8 < accuracy_of_softmax_regression(data) < 0.95
