"""One step for all: the optimizer of the first call is kept.

misconception: step_by_the_optimizer
fails: make_train_step.values
"""

import jax
import jax.numpy as jnp
import optax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    return -scores[jnp.arange(len(xs)), labels].mean()


STEPS = []


def make_train_step(optimizer):
    if not STEPS:

        @jax.jit
        def step(params, opt_state, xs, labels):
            loss, grads = jax.value_and_grad(cross_entropy)(params, xs, labels)
            updates, opt_state = optimizer.update(grads, opt_state, params)
            return optax.apply_updates(params, updates), opt_state, loss

        STEPS.append(step)
    return STEPS[0]
