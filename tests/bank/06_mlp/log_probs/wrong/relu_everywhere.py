"""ReLU on the logits too.

misconception: relu_on_logits
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(x)
