"""A loss for each stream.

misconception: other_shape
fails: sequence_loss.values
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1])

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(axis=0), state
