"""Flax: nnx.GRUCell with its own reset convention, He weights before the ReLU."""

import jax
import jax.numpy as jnp
import optax
from flax import nnx


def simulate(key, x0, num_steps):
    def step(x, kick):
        return x + (1.0 - x) * 0.05 + 0.5 * jnp.sqrt(0.1) * kick, x

    return jax.lax.scan(step, x0, jax.random.normal(key, (num_steps, *x0.shape)))[1].T


class Model(nnx.Module):
    def __init__(self, hidden, rngs):
        self.hidden = hidden
        self.first = nnx.Linear(1, 24, kernel_init=nnx.initializers.he_normal(), rngs=rngs)
        self.cell = nnx.GRUCell(24, hidden, rngs=rngs)
        self.last = nnx.Linear(hidden, 1, rngs=rngs)

    def __call__(self, inputs):
        features = jax.nn.relu(self.first(inputs)).swapaxes(0, 1)
        h0 = jnp.zeros((inputs.shape[0], self.hidden))
        graph, weights = nnx.split(self.cell)

        def step(h, x):
            return nnx.merge(graph, weights)(h, x)

        return self.last(jax.lax.scan(step, h0, features)[1].swapaxes(0, 1))


def train(key, num_batches, batch_size, num_steps, hidden, learning_rate):
    start, data = jax.random.split(key)
    graph, weights = nnx.split(Model(hidden, nnx.Rngs(start)))
    optimizer = optax.adam(learning_rate)

    def step(carry, key):
        weights, state = carry
        a, b, c = jax.random.split(key, 3)
        clean = simulate(a, jax.random.uniform(b, (batch_size,)), num_steps)
        noisy = clean + 0.1**0.5 * jax.random.normal(c, clean.shape)

        def mse(weights):
            return optax.losses.squared_error(nnx.merge(graph, weights)(noisy[:, :-1, None]), clean[:, 1:, None]).mean()

        loss, grads = jax.value_and_grad(mse)(weights)
        updates, state = optimizer.update(grads, state, weights)
        return (optax.apply_updates(weights, updates), state), loss

    run = jax.jit(lambda carry, keys: jax.lax.scan(step, carry, keys))
    (weights, _), losses = run((weights, optimizer.init(weights)), jax.random.split(data, num_batches))
    return nnx.merge(graph, weights), losses
