"""The loss of the epoch's last batch.

misconception: loss_not_mean
fails: train.learns
"""

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


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        logits = model(xs)
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss


@nnx.jit
def hits(model, xs, labels):
    return (model(xs).argmax(-1) == labels).mean()


def train(seed, data, epochs, batch_size, learning_rate):
    x_train, y_train, x_test, y_test = (jnp.asarray(a) for a in data)
    model = CNN(10, nnx.Rngs(seed))
    optimizer = nnx.Optimizer(model, optax.adam(learning_rate), wrt=nnx.Param)
    rng = np.random.default_rng(seed)
    steps = len(x_train) // batch_size
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(epochs):
        order = rng.permutation(len(x_train))
        model.train()
        losses = []
        for i in range(steps):
            batch = order[i * batch_size : (i + 1) * batch_size]
            losses.append(train_step(model, optimizer, x_train[batch], y_train[batch]))
        history["loss"].append(float(losses[-1]))
        model.eval()
        history["train_accuracy"].append(float(hits(model, x_train, y_train)))
        history["test_accuracy"].append(float(hits(model, x_test, y_test)))
    return model, history
