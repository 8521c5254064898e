"""One example after the other, by scan.

misconception: one_example_at_a_time
fails: cross_entropy.speed
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    def add(total, example):
        x, label = example
        return total - log_probs(params, x)[label], None

    return jax.lax.scan(add, 0.0, (xs, labels))[0] / len(xs)
