"""Weights kept in half precision.

misconception: wrong_layer
fails: RNNCell.values
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, param_dtype=jnp.bfloat16, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))
