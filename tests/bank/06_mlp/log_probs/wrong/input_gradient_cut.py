"""The example counts as a constant: no gradient reaches it.

misconception: gradient_cut
fails: log_probs.trace
"""

import jax


def log_probs(params, x):
    x = jax.lax.stop_gradient(x)
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])
