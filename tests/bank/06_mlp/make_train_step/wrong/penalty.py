"""A penalty of 1e-5 on the squares of the weights.

misconception: step_by_the_optimizer
fails: make_train_step.values
"""

import jax
import jax.numpy as jnp
import optax


def log_probs(params, x):
    *hidden, (W, b) = params
    for V, c in hidden:
        x = jax.nn.relu(V @ x + c)
    return jax.nn.log_softmax(W @ x + b)


def cost(params, xs, labels):
    picked = jax.vmap(lambda x, label: log_probs(params, x)[label])(xs, labels)
    return -picked.mean() + 1e-5 * sum(jnp.sum(W**2) for W, _ in params)


def make_train_step(optimizer):
    @jax.jit
    def step(params, opt_state, xs, labels):
        loss, grads = jax.value_and_grad(cost)(params, xs, labels)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), opt_state, loss

    return step
