"""A dict for the state; jitted calls; states of each cell asked of the cell."""

import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.state_dim = state_dim
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], -1)))

    def init_state(self, batch):
        return jnp.zeros((batch, self.state_dim), jnp.float32)


class CharRNN(nnx.Module):
    def __init__(self, vocab_size, state_dim, *, rngs):
        self.n = vocab_size
        sizes = {"cell1": vocab_size, "cell2": state_dim, "cell3": state_dim}
        for name, size in sizes.items():
            setattr(self, name, RNNCell(size, state_dim, rngs=rngs))
        self.head = nnx.Linear(state_dim, vocab_size, kernel_init=nnx.initializers.normal(0.02), rngs=rngs)
        self.state_dim = state_dim

    def init_state(self, batch):
        return {name: jnp.zeros((batch, self.state_dim)) for name in ("cell1", "cell2", "cell3")}

    def __call__(self, state, ids):
        x, new = nnx.one_hot(ids, self.n), {}
        for name in state:
            x = new[name] = getattr(self, name)(state[name], x)
        return new, self.head(x)
