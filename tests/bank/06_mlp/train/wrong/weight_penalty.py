"""Gradients of a loss with a penalty on large weights; the loss that is told has none.

misconception: one_adam
fails: train.history
"""

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
    optimizer = optax.adam(learning_rate)
    n = data[0].shape[0] // batch_size

    @jax.jit
    def run(key, x, y, x_test, y_test):
        params = init_mlp(jax.random.fold_in(key, epochs), sizes)

        def batch(carry, example):
            params, state = carry
            loss, grads = jax.value_and_grad(cross_entropy)(params, *example)
            grads = jax.tree.map(lambda g, p: g + 1e-4 * p, grads, params)
            updates, state = optimizer.update(grads, state, params)
            return (optax.apply_updates(params, updates), state), loss

        def epoch(carry, number):
            order = jax.random.permutation(jax.random.fold_in(key, number), x.shape[0])[: n * batch_size]
            shuffled = x[order].reshape(n, batch_size, -1), y[order].reshape(n, batch_size)
            carry, losses = jax.lax.scan(batch, carry, shuffled)
            p = carry[0]
            return carry, dict(
                loss=losses.mean(), train_accuracy=accuracy(p, x, y), test_accuracy=accuracy(p, x_test, y_test)
            )

        (params, _), history = jax.lax.scan(epoch, (params, optimizer.init(params)), jnp.arange(epochs))
        return params, history

    return run(key, *data)
