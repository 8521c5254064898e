"""Adam by hand in a while_loop; orders by sorting random bits."""

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


def adam(params, grads, m, v, t, lr, b1=0.9, b2=0.999, eps=1e-8):
    m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
    v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, v, grads)
    scale = jnp.sqrt(1 - b2**t) / (1 - b1**t)
    params = jax.tree.map(lambda p, m, v: p - lr * scale * m / (jnp.sqrt(v) + eps * jnp.sqrt(1 - b2**t)), params, m, v)
    return params, m, v


def train(key, data, sizes, epochs, batch_size, learning_rate):
    x, y, x_test, y_test = data
    n = len(x) // batch_size

    @jax.jit
    def epoch(params, m, v, t, key):
        order = jnp.argsort(jax.random.bits(key, (len(x),)))

        def step(state):
            i, t, params, m, v, total = state
            rows = jax.lax.dynamic_slice(order, (i * batch_size,), (batch_size,))
            loss, grads = jax.value_and_grad(cross_entropy)(params, x[rows], y[rows])
            params, m, v = adam(params, grads, m, v, t + 1, learning_rate)
            return i + 1, t + 1, params, m, v, total + loss

        first = 0, t, params, m, v, jnp.zeros(())
        _, t, params, m, v, total = jax.lax.while_loop(lambda state: state[0] < n, step, first)
        rates = accuracy(params, x, y), accuracy(params, x_test, y_test)
        return (params, m, v, t), (total / n, *rates)

    key, sub = jax.random.split(key)
    params = init_mlp(sub, sizes)
    zeros = jax.tree.map(jnp.zeros_like, params)
    state, history = (params, zeros, zeros, jnp.zeros(())), np.zeros((3, epochs))
    for e in range(epochs):
        key, sub = jax.random.split(key)
        state, history[:, e] = epoch(*state, sub)
    return state[0], dict(zip(("loss", "train_accuracy", "test_accuracy"), history))
