"""Hidden layers after the second are forgotten.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    hidden, (W_last, b_last) = params[:-1], params[-1]
    for W, b in hidden[:2]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(W_last @ x + b_last)
