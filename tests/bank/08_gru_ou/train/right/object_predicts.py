"""predict is an object with __call__; nested scans, Adam under inject_hyperparams, losses as a NumPy array."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from jax import lax


class Model(nnx.Module):
    def __init__(self, hidden, rngs):
        self.enter = nnx.Linear(1, 24, rngs=rngs)
        self.gates = nnx.Linear(24 + hidden, 2 * hidden, rngs=rngs)
        self.candidate = nnx.Linear(24 + hidden, hidden, rngs=rngs)
        self.leave = nnx.Linear(hidden, 1, rngs=rngs)

    def step(self, h, x):
        z, r = jnp.split(nnx.sigmoid(self.gates(jnp.concatenate([x, h], -1))), 2, -1)
        h = z * h + (1 - z) * nnx.tanh(self.candidate(jnp.concatenate([x, r * h], -1)))
        return h, h

    def __call__(self, inputs):
        xs = nnx.relu(self.enter(jnp.asarray(inputs)))
        h0 = jnp.zeros((xs.shape[0], self.leave.in_features))
        return self.leave(lax.scan(self.step, h0, xs.swapaxes(0, 1))[1]).swapaxes(0, 1)


def batch_of(key, batch_size, num_steps):
    start, noise = jax.random.split(key)
    kicks, fog = jax.random.normal(noise, (2, num_steps, batch_size))
    move = lambda x, kick: (x + (1 - x) / 2 * 0.1 + 0.5 * jnp.sqrt(0.1) * kick, x)
    clean = lax.scan(move, jax.random.uniform(start, (batch_size,)), kicks)[1].T[..., None]
    return (clean + 0.1**0.5 * fog.T[..., None])[:, :-1], clean[:, 1:]


def train(key, num_batches, batch_size, num_steps, hidden, learning_rate):
    ours, theirs = jax.random.split(key)
    model = Model(hidden, nnx.Rngs(params=ours))
    graph, weights = nnx.split(model)
    rule = optax.inject_hyperparams(optax.adam)(learning_rate=learning_rate)

    def step(carry, i):
        weights, moments = carry
        inputs, targets = batch_of(jax.random.fold_in(theirs, i), batch_size, num_steps)
        loss, grads = jax.value_and_grad(lambda w: optax.squared_error(nnx.merge(graph, w)(inputs), targets).mean())(
            weights
        )
        moves, moments = rule.update(grads, moments, weights)
        return (optax.apply_updates(weights, moves), moments), loss

    @jax.jit
    def run(weights):
        return lax.scan(step, (weights, rule.init(weights)), jnp.arange(num_batches))

    (weights, _), losses = run(weights)
    nnx.update(model, weights)
    return model, np.asarray(losses)
