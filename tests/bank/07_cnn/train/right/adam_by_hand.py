"""Adam from optax's parts, the shuffles drawn beforehand in one compiled call, states donated."""

from functools import partial

import jax
import jax.numpy as jnp
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


def forward(graph, xs, *state):
    model = nnx.merge(graph, *state, copy=True)
    return model(xs), nnx.state(model, nnx.BatchStat)


@partial(jax.jit, static_argnums=(0, 1), donate_argnums=(2, 3, 4))
def step(graph, rule, params, stats, moments, xs, labels):
    def loss_of(params):
        logits, new = forward(graph, xs, params, stats)
        return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1).mean(), new

    (loss, stats), grads = jax.value_and_grad(loss_of, has_aux=True)(params)
    moves, moments = rule.update(grads, moments, params)
    return optax.apply_updates(params, moves), stats, moments, loss


@partial(jax.jit, static_argnums=0)
def hit_rate(graph, params, stats, xs, labels):
    return (forward(graph, xs, params, stats)[0].argmax(-1) == labels).mean()


def train(seed, data, epochs, batch_size, learning_rate):
    x_train, y_train, x_test, y_test = jax.tree.map(jnp.array, tuple(data))
    model = CNN(10, nnx.Rngs(seed))
    evaluating, *_ = nnx.split(nnx.view(model, use_running_average=True), nnx.Param, nnx.BatchStat)
    training, params, stats = nnx.split(model, nnx.Param, nnx.BatchStat)
    rule = optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(learning_rate))
    params, stats = jax.tree.map(jnp.copy, (params, stats))
    moments = rule.init(params)
    keys = jax.random.split(jax.random.fold_in(jax.random.key(seed), 1), epochs)
    orders = jax.jit(jax.vmap(lambda key: jax.random.permutation(key, len(x_train))))(keys)
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for order in orders:
        losses = []
        for i in range(0, len(order) - batch_size + 1, batch_size):
            rows = order[i : i + batch_size]
            params, stats, moments, loss = step(training, rule, params, stats, moments, x_train[rows], y_train[rows])
            losses.append(loss)
        history["loss"].append(jnp.stack(losses).mean())
        history["train_accuracy"].append(hit_rate(evaluating, params, stats, x_train, y_train))
        history["test_accuracy"].append(hit_rate(evaluating, params, stats, x_test, y_test))
    return nnx.merge(training, params, stats), history
