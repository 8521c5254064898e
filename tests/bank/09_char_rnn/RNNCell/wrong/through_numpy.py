"""NumPy inside the cell.

misconception: numpy_on_a_tracer
fails: RNNCell.scan
"""

import jax.numpy as jnp
import numpy as np
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(np.concatenate([state, x], axis=-1)))
