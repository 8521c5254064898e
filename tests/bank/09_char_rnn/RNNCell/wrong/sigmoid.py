"""A sigmoid in place of tanh.

misconception: no_squashing
fails: RNNCell.values
"""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jax.nn.sigmoid(self.dense(jnp.concatenate([state, x], axis=-1)))
