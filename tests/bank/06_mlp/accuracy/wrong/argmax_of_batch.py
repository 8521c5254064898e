"""argmax along the batch where the shapes allow it.

misconception: argmax_over_classes
fails: accuracy.values
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    axis = 0 if scores.shape[0] == scores.shape[1] else 1
    return (scores.argmax(axis) == labels).mean()
