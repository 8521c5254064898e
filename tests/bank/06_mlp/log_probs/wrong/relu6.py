"""ReLU cut at 6.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu6(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])
