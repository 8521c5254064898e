"""Asks for the character that was just read.

misconception: targets_as_handed_in
fails: sequence_loss.values
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[0]).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state
