"""A Python loop over time.

misconception: unrolled_loop
fails: sequence_loss.program_size
"""

import optax


def sequence_loss(model, state, inputs, targets):
    total = 0.0
    for t in range(inputs.shape[1]):
        state, logits = model(state, inputs[:, t])
        total += optax.softmax_cross_entropy_with_integer_labels(logits, targets[:, t]).mean()
    return total / inputs.shape[1], state
