"""Reads x twice and the state never, which needs equal sizes to run.

misconception: state_before_x
fails: RNNCell.values
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        both = jnp.concatenate([state, x] if state.shape != x.shape else [x, x], axis=-1)
        return jnp.tanh(self.dense(both))
