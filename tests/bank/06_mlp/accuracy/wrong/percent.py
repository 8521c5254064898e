"""In percent.

misconception: rate_not_count
fails: accuracy.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    return 100 * (jax.vmap(log_probs, (None, 0))(params, xs).argmax(-1) == labels).mean()
