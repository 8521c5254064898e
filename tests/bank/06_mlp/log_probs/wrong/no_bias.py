"""Biases forgotten in hidden layers.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)
