"""The last short batch kept; a fori_loop; floats in the history."""

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
    x, y, x_test, y_test = map(jnp.asarray, data)
    optimizer = optax.adam(learning_rate)
    whole, rest = divmod(len(x), batch_size)

    def step(carry, rows):
        params, state, total = carry
        loss, grads = jax.value_and_grad(cross_entropy)(params, x[rows], y[rows])
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, total + loss

    @jax.jit
    def epoch(params, state, key):
        order = jax.random.permutation(key, len(x))
        take = lambda i: jax.lax.dynamic_slice_in_dim(order, i * batch_size, batch_size)
        carry = jax.lax.fori_loop(0, whole, lambda i, c: step(c, take(i)), (params, state, jnp.zeros(())))
        if rest:
            carry = step(carry, order[-rest:])
        params, state, total = carry
        return params, state, total / (whole + bool(rest)), accuracy(params, x, y), accuracy(params, x_test, y_test)

    key, sub = jax.random.split(key)
    params = init_mlp(sub, sizes)
    state = optimizer.init(params)
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(epochs):
        key, sub = jax.random.split(key)
        params, state, *numbers = epoch(params, state, sub)
        for name, number in zip(history, numbers):
            history[name].append(float(number))
    return params, history
