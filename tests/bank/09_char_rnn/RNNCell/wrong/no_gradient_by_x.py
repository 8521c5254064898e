"""Cuts the gradient by x.

misconception: hidden_memory
fails: RNNCell.scan
"""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, jax.lax.stop_gradient(x)], axis=-1)))
