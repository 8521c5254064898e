"""nnx.scan over the time axis, log_softmax by hand."""

import jax
import jax.numpy as jnp
from flax import nnx


def sequence_loss(model, state, inputs, targets):
    @nnx.scan(in_axes=(None, nnx.Carry, 1, 1), out_axes=(nnx.Carry, 0))
    def step(model, state, x, y):
        state, logits = model(state, x)
        return state, -jax.nn.log_softmax(logits)[jnp.arange(x.shape[0]), y]

    state, losses = step(model, state, inputs, targets)
    return jnp.mean(losses), state
