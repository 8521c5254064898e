"""The size of the first batch is kept, and every mean divides by it.

misconception: step_is_not_compiled
fails: make_train_step.compiled
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


def make_train_step(optimizer):
    size = []

    def loss_of(params, xs, labels):
        size.append(len(xs))
        costs = jax.vmap(lambda x, label: -log_probs(params, x)[label])(xs, labels)
        return costs.sum() / size[0]

    @jax.jit
    def step(params, opt_state, xs, labels):
        loss, grads = jax.value_and_grad(loss_of)(params, xs, labels)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), opt_state, loss

    return step
