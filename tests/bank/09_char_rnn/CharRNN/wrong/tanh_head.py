"""The logits are squashed by tanh.

misconception: head_is_linear
fails: CharRNN.values
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
        return tuple(jnp.zeros((batch, self.state_dim)) for _ in range(3))

    def __call__(self, state, ids):
        h1 = self.cell1(state[0], jax.nn.one_hot(ids, self.vocab_size))
        h2 = self.cell2(state[1], h1)
        h3 = self.cell3(state[2], h2)
        return (h1, h2, h3), jnp.tanh(self.head(h3))
