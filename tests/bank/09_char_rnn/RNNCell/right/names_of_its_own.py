"""The layer's weights under names of their own, too."""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)
        self.kernel, self.bias = self.dense.kernel, self.dense.bias
        self.state_dim = state_dim

    def __call__(self, state, x):
        return jnp.tanh(state @ self.kernel[: self.state_dim] + x @ self.kernel[self.state_dim :] + self.bias[...])
