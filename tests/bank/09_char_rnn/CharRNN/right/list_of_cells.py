"""Three cells of an nnx.List, which have names besides."""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))


class CharRNN(nnx.Module):
    def __init__(self, vocab_size, state_dim, *, rngs):
        self.vocab_size, self.state_dim = vocab_size, state_dim
        self.cells = nnx.List(RNNCell(n, state_dim, rngs=rngs) for n in (vocab_size, state_dim, state_dim))
        self.cell1, self.cell2, self.cell3 = self.cells
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)

    def init_state(self, batch):
        return tuple(jnp.zeros((batch, self.state_dim)) for _ in range(3))

    def __call__(self, state, ids):
        x, new = jax.nn.one_hot(ids, self.vocab_size), []
        for cell, old in zip(self.cells, state):
            x = cell(old, x)
            new.append(x)
        return tuple(new), self.head(x)
