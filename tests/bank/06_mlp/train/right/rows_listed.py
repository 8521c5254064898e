"""The rows of the batches are listed in Python, then one compiled call goes over them."""

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
    n = x.shape[0] // batch_size

    @jax.jit
    def run(params, state, rows):
        def body(carry, batch):
            *carry, loss = step(*carry, x[batch], y[batch])
            return tuple(carry), loss

        (params, state), losses = jax.lax.scan(body, (params, state), rows)
        return params, state, jnp.mean(losses)

    def epoch(carry):
        params, state, key = carry
        key, sub = jax.random.split(key)
        order = np.asarray(jax.random.permutation(sub, x.shape[0]))
        rows = np.stack([order[k * batch_size : (k + 1) * batch_size] for k in range(n)])
        params, state, loss = run(params, state, rows)
        return (params, state, key), loss

    score = jax.jit(lambda p: (accuracy(p, x, y), accuracy(p, x_test, y_test)))
    first, key = jax.random.split(key)
    params = init_mlp(first, sizes)
    carry = params, optimizer.init(params), key
    rows = []
    for _ in range(epochs):
        carry, loss = epoch(carry)
        rows.append([loss, *score(carry[0])])
    table = np.array(rows, dtype=np.float32)
    return carry[0], dict(zip(("loss", "train_accuracy", "test_accuracy"), table.T))
