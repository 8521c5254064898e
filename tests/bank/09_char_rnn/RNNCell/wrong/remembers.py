"""Keeps a state of its own besides.

misconception: hidden_memory
fails: RNNCell.no_memory
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)
        self.calls = 0

    def __call__(self, state, x):
        self.calls += 1
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1))) * (1 if self.calls == 1 else 0.9)
