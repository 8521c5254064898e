"""The last layer is popped off the caller's list: a second call with the same list finds a layer less.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    W_last, b_last = params.pop()
    for W, b in params:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(W_last @ x + b_last)
