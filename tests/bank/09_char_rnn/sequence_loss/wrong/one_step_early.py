"""The state before the last step goes out.

misconception: wrong_state_goes_out
fails: sequence_loss.state
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(carry, xy):
        state, _ = carry
        new, logits = model(state, xy[0])
        return (new, state), optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    (_, state), losses = jax.lax.scan(step, (state, state), (inputs.T, targets.T))
    return losses.mean(), state
