"""Shifts inside: each logits against the next target, the last dropped.

misconception: targets_as_handed_in
fails: sequence_loss.values
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T[:-1], targets.T[1:]))
    return losses.mean(), state
