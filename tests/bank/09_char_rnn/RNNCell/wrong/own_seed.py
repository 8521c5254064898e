"""The rngs that were handed in are ignored.

misconception: rngs_ignored
fails: RNNCell.no_memory
"""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=nnx.Rngs(0))

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))
