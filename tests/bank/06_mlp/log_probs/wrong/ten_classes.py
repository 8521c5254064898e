"""Ten classes are taken for granted.

misconception: logs_of_probabilities
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    logits = W @ x + b
    return logits - jax.nn.logsumexp(logits[:10])
