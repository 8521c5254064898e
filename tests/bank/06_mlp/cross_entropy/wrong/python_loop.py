"""A Python loop over the batch.

misconception: one_example_at_a_time
fails: cross_entropy.trace
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    return -sum(log_probs(params, x)[label] for x, label in zip(xs, labels)) / len(xs)
