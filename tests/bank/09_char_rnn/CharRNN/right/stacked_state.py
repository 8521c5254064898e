"""One array [3, batch, state_dim]."""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))


class CharRNN(nnx.Module):
    def __init__(self, vocab_size: int, state_dim: int, rngs: nnx.Rngs):
        self.cell1 = RNNCell(vocab_size, state_dim, rngs=rngs)
        self.cell2 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell3 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)

    def init_state(self, batch):
        return jnp.zeros((3, batch, self.head.in_features))

    def __call__(self, state, ids):
        x = jnp.eye(self.head.out_features)[jnp.asarray(ids)]
        for i, cell in enumerate([self.cell1, self.cell2, self.cell3]):
            x = cell(state[i], x)
            state = state.at[i].set(x)
        return state, self.head(x)
