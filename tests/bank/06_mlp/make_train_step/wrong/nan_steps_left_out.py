"""Gradients that are NaN are made 0, so that nobody hears of them.

misconception: nan_is_news
fails: make_train_step.any_optimizer
"""

import jax
import jax.numpy as jnp
import optax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    return -jnp.mean(jnp.take_along_axis(scores, labels[:, None], axis=1))


def make_train_step(optimizer):
    @jax.jit
    def step(params, opt_state, xs, labels):
        loss, grads = jax.value_and_grad(cross_entropy)(params, xs, labels)
        grads = jax.tree.map(jnp.nan_to_num, grads)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), opt_state, loss

    return step
