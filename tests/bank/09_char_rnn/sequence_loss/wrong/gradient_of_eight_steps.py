"""The gradient is cut every eight steps.

misconception: gradient_cut
fails: sequence_loss.gradient
"""

import jax
import jax.numpy as jnp
import optax
from jax import lax


def sequence_loss(model, state, inputs, targets):
    def step(state, xs):
        t, ids, wanted = xs
        cut = (t > 0) & (t % 8 == 0)
        state = jax.tree.map(lambda s: jnp.where(cut, lax.stop_gradient(s), s), state)
        state, logits = model(state, ids)
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, wanted).mean()

    state, losses = lax.scan(step, state, (jnp.arange(inputs.shape[1]), inputs.T, targets.T))
    return losses.mean(), state
