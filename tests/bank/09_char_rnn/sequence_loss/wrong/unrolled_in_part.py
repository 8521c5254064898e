"""One step in 32 is written out.

misconception: unrolled_loop
fails: sequence_loss.program_size
"""

import optax
from jax import lax


def sequence_loss(model, state, inputs, targets):
    def step(state, pair):
        state, logits = model(state, pair[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, pair[1]).mean()

    state, losses = lax.scan(step, state, (inputs.T, targets.T), unroll=max(1, inputs.shape[1] // 32))
    return losses.mean(), state
