"""Logarithms to base 2 of the probabilities.

misconception: not_a_mean
fails: sequence_loss.values
"""

import jax
import jax.numpy as jnp


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, -jnp.log2(jax.nn.softmax(logits)[jnp.arange(len(xy[1])), xy[1]]).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state
