"""A bias of its own besides that of dense, zero at the start.

misconception: wrong_layer
fails: RNNCell.no_memory
"""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)
        self.bias = nnx.Param(jnp.zeros(state_dim))

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)) + self.bias[...])
