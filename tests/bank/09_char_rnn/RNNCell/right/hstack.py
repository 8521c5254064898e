"""hstack, a keyword with a default-free rngs, nnx.tanh."""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim: int, state_dim: int, rngs: nnx.Rngs):
        self.in_dim = in_dim
        self.state_dim = state_dim
        self.dense = nnx.Linear(in_features=in_dim + state_dim, out_features=state_dim, rngs=rngs)

    def __call__(self, state, x):
        return nnx.tanh(self.dense(jnp.hstack((state, x))))
