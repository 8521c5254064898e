"""The call is compiled by nnx.jit, which writes the weights back, and so fails within another transformation.

misconception: hidden_memory
fails: RNNCell.scan
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    @nnx.jit
    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))
