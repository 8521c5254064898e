"""Another layer for x, dense for the state alone.

misconception: wrong_layer
fails: RNNCell.values
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim, state_dim, rngs=rngs)
        self.other = nnx.Linear(in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(state) + self.other(x))
