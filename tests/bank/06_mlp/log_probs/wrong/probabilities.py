"""Probabilities, not their logarithms.

misconception: logs_of_probabilities
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jax.nn.softmax(W @ x + b)
