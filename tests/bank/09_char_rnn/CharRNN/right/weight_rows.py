"""Rows of the kernel in place of a one-hot product; one flat state."""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))


class CharRNN(nnx.Module):
    def __init__(self, vocab_size, state_dim, *, rngs):
        self.state_dim = state_dim
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)
        self.cell3 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell2 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell1 = RNNCell(vocab_size, state_dim, rngs=rngs)

    def init_state(self, batch):
        return jnp.zeros((batch, 3 * self.state_dim))

    def __call__(self, state, ids):
        d = self.state_dim
        h1, h2, h3 = jnp.split(state, 3, axis=1)
        kernel = self.cell1.dense.kernel[...]
        h1 = jnp.tanh(h1 @ kernel[:d] + kernel[d + jnp.asarray(ids)] + self.cell1.dense.bias[...])
        h2 = self.cell2(h2, h1)
        h3 = self.cell3(h3, h2)
        return jnp.concatenate([h1, h2, h3], axis=1), self.head(h3)
