"""An nnx.Sequential over the layer and tanh."""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)
        self.steps = nnx.Sequential(self.dense, jnp.tanh)

    def __call__(self, state, x):
        return self.steps(jnp.block([state, x]))
