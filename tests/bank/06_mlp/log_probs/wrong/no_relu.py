"""Linear throughout.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params:
        x = W @ x + b
    return jax.nn.log_softmax(x)
