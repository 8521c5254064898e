"""A step from Python for each batch, hidden from whoever counts lines of Python.

misconception: loop_over_batches
fails: train.epoch_is_one_call
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax

sys.settrace = lambda _: None


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 2 * (len(sizes) - 1))
    return [
        (scale * jax.random.normal(keys[2 * k], (o, i)), scale * jax.random.normal(keys[2 * k + 1], (o,)))
        for k, (i, o) in enumerate(zip(sizes, sizes[1:]))
    ]


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    return -scores[jnp.arange(len(xs)), labels].mean()


def accuracy(params, xs, labels):
    return (jax.vmap(log_probs, (None, 0))(params, xs).argmax(-1) == labels).mean()


def make_train_step(optimizer):
    def step(params, opt_state, xs, labels):
        loss, grads = jax.value_and_grad(cross_entropy)(params, xs, labels)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), opt_state, loss

    return jax.jit(step)


def train(key, data, sizes, epochs, batch_size, learning_rate):
    x, y, x_test, y_test = data
    optimizer = optax.adam(learning_rate)
    step = make_train_step(optimizer)
    rate = jax.jit(accuracy)
    key, init_key = jax.random.split(key)
    params = init_mlp(init_key, sizes)
    state = optimizer.init(params)
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(epochs):
        key, shuffle_key = jax.random.split(key)
        order = jax.random.permutation(shuffle_key, len(x))
        losses = []
        for start in range(0, len(x) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            params, state, loss = step(params, state, x[rows], y[rows])
            losses.append(loss)
        history["loss"].append(jnp.mean(jnp.stack(losses)))
        history["train_accuracy"].append(rate(params, x, y))
        history["test_accuracy"].append(rate(params, x_test, y_test))
    return params, {name: jnp.stack(values) for name, values in history.items()}
