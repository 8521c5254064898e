"""One scan over all steps of all epochs; a cond draws a new order where an epoch begins."""

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
    n = x.shape[0] // batch_size

    @jax.jit
    def run(params, key):
        def one_step(carry, number):
            params, state, order, key = carry
            position = number % n

            def reshuffled(order, key):
                key, sub = jax.random.split(key)
                return jax.random.permutation(sub, x.shape[0]), key

            order, key = jax.lax.cond(position == 0, reshuffled, lambda *same: same, order, key)
            rows = jax.lax.dynamic_slice_in_dim(order, position * batch_size, batch_size)
            loss, grads = jax.value_and_grad(cross_entropy)(params, x[rows], y[rows])
            updates, state = optimizer.update(grads, state, params)
            params = optax.apply_updates(params, updates)

            def score():
                return accuracy(params, x, y), accuracy(params, x_test, y_test)

            rates = jax.lax.cond(position == n - 1, score, lambda: (jnp.zeros(()), jnp.zeros(())))
            return (params, state, order, key), (loss, *rates)

        start = params, optimizer.init(params), jnp.arange(x.shape[0]), key
        (params, *_), (losses, train_rate, test_rate) = jax.lax.scan(one_step, start, jnp.arange(epochs * n))
        history = {
            "loss": losses.reshape(epochs, n).mean(axis=1),
            "train_accuracy": train_rate[n - 1 :: n],
            "test_accuracy": test_rate[n - 1 :: n],
        }
        return params, history

    init_key, run_key = jax.random.split(key)
    return run(init_mlp(init_key, sizes), run_key)
