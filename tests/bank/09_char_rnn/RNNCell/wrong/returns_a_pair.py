"""Returns the state twice, as scan wants it and cells of other libraries do.

misconception: other_parts
fails: RNNCell.values
"""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        state = jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))
        return state, state
