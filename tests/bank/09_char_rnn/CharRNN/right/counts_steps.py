"""A step counter in the state, and a dataclass around all of it."""

import jax
import jax.numpy as jnp
from flax import nnx, struct


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))


class Memory(struct.PyTreeNode):
    cells: tuple
    steps: jax.Array


class CharRNN(nnx.Module):
    def __init__(self, vocab_size, state_dim, *, rngs):
        self.sizes = vocab_size, state_dim
        self.cell1, self.cell2, self.cell3 = (
            RNNCell(n, state_dim, rngs=rngs) for n in (vocab_size, state_dim, state_dim)
        )
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)

    def init_state(self, batch):
        return Memory((jnp.zeros((batch, self.sizes[1])),) * 3, jnp.zeros((), jnp.int32))

    def __call__(self, state, ids):
        x, cells = jnp.eye(self.sizes[0])[jnp.asarray(ids)], []
        for cell, h in zip((self.cell1, self.cell2, self.cell3), state.cells):
            x = cell(h, x)
            cells.append(x)
        return Memory(tuple(cells), state.steps + 1), self.head(x)
