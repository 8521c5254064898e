"""The order of the file, in batches weighted by their size.

misconception: same_order_each_epoch
fails: train.shuffle
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
    x, y, x_test, y_test = data
    optimizer = optax.adam(learning_rate)
    count = len(x)
    n = -(-count // batch_size)

    def mean_loss(params, rows):
        real = rows < count
        scores = jax.vmap(log_probs, (None, 0))(params, x[rows % count])
        costs = -jnp.take_along_axis(scores, y[rows % count][:, None], axis=1)[:, 0]
        return jnp.sum(costs * real) / jnp.sum(real), jnp.sum(real)

    def body(carry, rows):
        params, state = carry
        (loss, size), grads = jax.value_and_grad(mean_loss, has_aux=True)(params, rows)
        updates, state = optimizer.update(grads, state, params)
        return (optax.apply_updates(params, updates), state), loss * size

    @jax.jit
    def epoch(carry):
        carry, losses = jax.lax.scan(body, carry, jnp.arange(n * batch_size).reshape(n, batch_size))
        return carry, (losses.sum() / count, accuracy(carry[0], x, y), accuracy(carry[0], x_test, y_test))

    params = init_mlp(key, sizes)
    carry, history = (params, optimizer.init(params)), []
    for _ in range(epochs):
        carry, numbers = epoch(carry)
        history.append(numbers)
    return carry[0], dict(zip(("loss", "train_accuracy", "test_accuracy"), map(jnp.array, zip(*history))))
