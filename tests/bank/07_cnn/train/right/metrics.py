"""nnx.MultiMetric for the history, optax by hyperparameters, a cached step, a view for evaluation."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        norm = {"momentum": 0.9, "rngs": rngs}
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), **conv), nnx.BatchNorm(10, **norm)
        self.conv4 = nnx.Conv(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(len(x), -1))


def loss_of(model, xs, labels):
    logits = model(xs)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean(), logits


@nnx.jit
def step(model, optimizer, metrics, xs, labels):
    (loss, _), grads = nnx.value_and_grad(loss_of, has_aux=True)(model, xs, labels)
    metrics.update(values=loss)
    optimizer.update(model, grads)


@nnx.jit
def measure(model, metrics, xs, labels):
    metrics.update(logits=model(xs), labels=labels)


def train(seed, data, epochs, batch_size, learning_rate):
    x_train, y_train, x_test, y_test = (jax.device_put(np.asarray(a)) for a in data)
    y_train, y_test = y_train.astype(jnp.int32), y_test.astype(jnp.int32)
    model = CNN(10, rngs=nnx.Rngs(params=seed))
    rule = optax.apply_if_finite(optax.inject_hyperparams(optax.adam)(learning_rate=learning_rate), 3)
    optimizer = nnx.Optimizer(model, rule, wrt=nnx.Param)
    average, hits = nnx.metrics.Average(), nnx.metrics.Accuracy()
    rng = np.random.Generator(np.random.PCG64([seed, 7]))
    order = np.arange(len(x_train))
    rows = []
    for _ in range(epochs):
        rng.shuffle(order)
        model.train()
        for batch in np.array_split(order, range(batch_size, len(order), batch_size)):
            step(model, optimizer, average, x_train[batch], y_train[batch])
        row = [average.compute()]
        average.reset()
        model.eval()
        for xs, labels in ((x_train, y_train), (x_test, y_test)):
            measure(model, hits, xs, labels)
            row.append(hits.compute())
            hits.reset()
        rows.append(row)
    return model, dict(zip(("loss", "train_accuracy", "test_accuracy"), np.array(rows, np.float32).T))
