"""Writes the new states into the list that was handed in.

misconception: state_written_over
fails: CharRNN.init_state
"""

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
        self.cell1 = RNNCell(vocab_size, state_dim, rngs=rngs)
        self.cell2 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell3 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)

    def init_state(self, batch):
        return [jnp.zeros((batch, self.state_dim)) for _ in range(3)]

    def __call__(self, state, ids):
        x = jax.nn.one_hot(ids, self.vocab_size)
        for i, cell in enumerate((self.cell1, self.cell2, self.cell3)):
            x = state[i] = cell(state[i], x)
        return state, self.head(x)
