"""A compiled step for each batch, called by `reduce`: no line of Python runs from one to the next.

misconception: loop_over_batches
fails: train.epoch_is_one_call
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import optax


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
    key, init_key = jax.random.split(key)
    params = init_mlp(init_key, sizes)
    state = optimizer.init(params)
    rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))

    @jax.jit
    def step(carry, rows):
        params, state, total = carry
        loss, grads = jax.value_and_grad(cross_entropy)(params, x[rows], y[rows])
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, total + loss

    score = jax.jit(lambda p: (accuracy(p, x, y), accuracy(p, x_test, y_test)))
    history, batches = [], len(x) // batch_size
    for _ in range(epochs):
        rows = rng.permutation(len(x))[: batches * batch_size].reshape(batches, batch_size)
        params, state, total = functools.reduce(step, rows, (params, state, jnp.zeros(())))
        history.append((total / batches, *score(params)))
    loss, train_accuracy, test_accuracy = np.array(history, np.float32).T
    return params, {"loss": loss, "train_accuracy": train_accuracy, "test_accuracy": test_accuracy}
