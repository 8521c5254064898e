"""A fori_loop over the epochs that indexes an array of keys, and fills the history; choice without replacement."""

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
    optimizer = optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(learning_rate))
    n = len(x) // batch_size
    keys = jax.random.split(key, epochs + 1)
    names = "loss", "train_accuracy", "test_accuracy"

    @jax.jit
    def run(params):
        def batch(carry, rows):
            params, state = carry
            loss, grads = jax.value_and_grad(cross_entropy)(params, x[rows], y[rows])
            updates, state = optimizer.update(grads, state, params)
            return (optax.apply_updates(params, updates), state), loss

        def epoch(e, state):
            carry, history = state
            rows = jax.random.choice(keys[e], len(x), (n, batch_size), replace=False)
            carry, losses = jax.lax.scan(batch, carry, rows)
            numbers = losses.mean(), accuracy(carry[0], x, y), accuracy(carry[0], x_test, y_test)
            return carry, {name: history[name].at[e].set(value) for name, value in zip(names, numbers)}

        start = (params, optimizer.init(params)), {name: jnp.zeros(epochs) for name in names}
        (params, _), history = jax.lax.fori_loop(0, epochs, epoch, start)
        return params, history

    return run(init_mlp(keys[-1], sizes))
