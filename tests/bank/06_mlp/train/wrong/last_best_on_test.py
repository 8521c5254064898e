"""The parameters that were last to be best on the test set come back.

misconception: chosen_by_the_test
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
    x, y, x_test, y_test = data
    optimizer = optax.adam(learning_rate)
    step = make_train_step(optimizer)
    n = len(x) // batch_size
    init_key, shuffle_key = jax.random.split(key)

    def body(carry, rows):
        params, state, loss = step(*carry, x[rows], y[rows])
        return (params, state), loss

    @jax.jit
    def epoch(carry, key):
        rows = jax.random.permutation(key, len(x))[: n * batch_size].reshape(n, batch_size)
        carry, losses = jax.lax.scan(body, carry, rows)
        return carry, (losses.mean(), accuracy(carry[0], x, y), accuracy(carry[0], x_test, y_test))

    params = init_mlp(init_key, sizes)
    carry = params, optimizer.init(params)
    history, best = [], (-1.0, params)
    for k in jax.random.split(shuffle_key, epochs):
        carry, numbers = epoch(carry, k)
        history.append(numbers)
        if numbers[2] >= best[0]:
            best = numbers[2], carry[0]
    loss, train_accuracy, test_accuracy = (jnp.stack(column) for column in zip(*history))
    return best[1], {"loss": loss, "train_accuracy": train_accuracy, "test_accuracy": test_accuracy}
