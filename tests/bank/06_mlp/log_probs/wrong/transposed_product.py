"""x @ W: the weights the wrong way round where that fits.

misconception: weights_transposed
fails: log_probs.values
"""

import jax


def log_probs(params, x):
    def apply(W, b, x):
        return (x @ W if W.shape[0] == W.shape[1] else W @ x) + b

    for W, b in params[:-1]:
        x = jax.nn.relu(apply(W, b, x))
    return jax.nn.log_softmax(apply(*params[-1], x))
