"""The plain loops that the references are measured against: written the way most tutorials write them.

A Python loop over batches, a compiled step, shuffling and simulation on the host, a loss read out each step.
"""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx


def train_mlp(names, seed, data, sizes, epochs, batch_size, learning_rate):
    """06: returns the history as the reference does."""
    x_train, y_train, x_test, y_test = data
    rng, optimizer = np.random.default_rng(seed), optax.adam(learning_rate)
    params = names["init_mlp"](jax.random.key(seed), sizes)
    state = optimizer.init(params)

    @jax.jit
    def update(params, state, xs, labels):
        loss, grads = jax.value_and_grad(names["cross_entropy"])(params, xs, labels)
        updates, state = optimizer.update(grads, state)
        return optax.apply_updates(params, updates), state, loss

    accuracy = jax.jit(names["accuracy"])
    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(epochs):
        order, losses = rng.permutation(len(x_train)), []
        for start in range(0, len(order) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            params, state, loss = update(params, state, jnp.array(x_train[rows]), jnp.array(y_train[rows]))
            losses.append(float(loss))
        history["loss"].append(np.mean(losses))
        history["train_accuracy"].append(float(accuracy(params, x_train, y_train)))
        history["test_accuracy"].append(float(accuracy(params, x_test, y_test)))
    return history


def train_cnn(names, seed, data, epochs, batch_size, learning_rate):
    """07: returns the history as the reference does."""
    x_train, y_train, x_test, y_test = data
    rng, model = np.random.default_rng(seed), names["CNN"](10, nnx.Rngs(seed))
    optimizer = nnx.Optimizer(model, optax.adam(learning_rate), wrt=nnx.Param)

    @nnx.jit
    def hits(model, xs, labels):
        return (model(xs).argmax(-1) == labels).mean()

    def accuracy(xs, labels):
        return float(np.mean([hits(model, xs[i : i + 1000], labels[i : i + 1000]) for i in range(0, len(xs), 1000)]))

    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(epochs):
        order, losses = rng.permutation(len(x_train)), []
        model.train()
        for start in range(0, len(order) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            losses.append(
                float(names["train_step"](model, optimizer, jnp.array(x_train[rows]), jnp.array(y_train[rows])))
            )
        model.eval()
        history["loss"].append(np.mean(losses))
        history["train_accuracy"].append(accuracy(x_train, y_train))
        history["test_accuracy"].append(accuracy(x_test, y_test))
    return history


def train_gru(names, seed, num_batches, batch_size, num_steps, hidden, learning_rate, *, on_host):
    """08: a compiled step a batch, paths from NumPy or from a JAX loop that is not compiled. Returns the losses."""
    rng, optimizer = np.random.default_rng(seed), optax.adam(learning_rate)
    params = names["init_model"](jax.random.key(seed), hidden)
    state = optimizer.init(params)

    def simulate(key):
        walk, fog, start = jax.random.split(key, 3)
        path = [jax.random.uniform(start, (batch_size,))]
        for kick in jax.random.normal(walk, (num_steps - 1, batch_size)):
            path.append(path[-1] + (1.0 - path[-1]) / 2.0 * 0.1 + 0.5 * jnp.sqrt(2 * 0.1 / 2.0) * kick)
        clean = jnp.stack(path, axis=1)
        noisy = clean + jnp.sqrt(0.1) * jax.random.normal(fog, clean.shape)
        return noisy[:, :-1, None], clean[:, 1:, None]

    def simulate_on_host():
        clean = np.empty((batch_size, num_steps), np.float32)
        clean[:, 0] = rng.uniform(size=batch_size)
        for t in range(1, num_steps):
            kick = 0.5 * np.sqrt(2 * 0.1 / 2.0) * rng.normal(size=batch_size)
            clean[:, t] = clean[:, t - 1] + (1.0 - clean[:, t - 1]) / 2.0 * 0.1 + kick
        noisy = clean + np.sqrt(0.1) * rng.normal(size=clean.shape)
        return noisy[:, :-1, None].astype(np.float32), clean[:, 1:, None]

    @jax.jit
    def update(params, state, inputs, targets):
        def mse(params):
            return jnp.mean((names["apply_model"](params, inputs) - targets) ** 2)

        loss, grads = jax.value_and_grad(mse)(params)
        updates, state = optimizer.update(grads, state)
        return optax.apply_updates(params, updates), state, loss

    losses, key = [], jax.random.key(seed)
    for _ in range(num_batches):
        key, mine = jax.random.split(key)
        batch = simulate_on_host() if on_host else simulate(mine)
        params, state, loss = update(params, state, *batch)
        losses.append(float(loss))
    return np.array(losses)


def train_char_rnn(names, seed, text, state_dim, characters, length, learning_rate):
    """09: one stream, read chunk by chunk as the first character models did, a compiled step a chunk; the losses."""
    to_id, _ = names["build_vocab"](text)
    ids = np.array([to_id[c] for c in text], np.int32)
    model = names["CharRNN"](len(to_id), state_dim, rngs=nnx.Rngs(seed))
    optimizer = nnx.Optimizer(model, optax.adam(learning_rate), wrt=nnx.Param)

    @nnx.jit
    def update(model, optimizer, state, inputs, targets):
        def loss_of(model):
            return names["sequence_loss"](model, state, inputs, targets)

        (loss, state), grads = nnx.value_and_grad(loss_of, has_aux=True)(model)
        optimizer.update(model, grads)
        return loss, state

    losses, state, place = [], model.init_state(1), 0
    for _ in range(characters // length):
        if place + length + 1 > len(ids):
            place, state = 0, model.init_state(1)
        inputs, targets = ids[place : place + length], ids[place + 1 : place + length + 1]
        loss, state = update(model, optimizer, state, jnp.array(inputs[None]), jnp.array(targets[None]))
        losses.append(float(loss))
        place += length
    return np.array(losses)
