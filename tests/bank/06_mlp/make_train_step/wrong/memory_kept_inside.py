"""The optimizer's memory is kept inside; the state that is handed in comes back as it was.

misconception: donated_inputs
fails: make_train_step.inputs
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


class Trainer:
    def __init__(self, optimizer):
        self.optimizer, self.memory = optimizer, None
        self.step = jax.jit(self.one)

    def one(self, params, memory, xs, labels):
        loss, grads = jax.value_and_grad(cross_entropy)(params, xs, labels)
        updates, memory = self.optimizer.update(grads, memory, params)
        return optax.apply_updates(params, updates), memory, loss

    def __call__(self, params, opt_state, xs, labels):
        if self.memory is None:
            self.memory = self.optimizer.init(params)
        params, self.memory, loss = self.step(params, self.memory, xs, labels)
        return params, opt_state, loss


def make_train_step(optimizer):
    return Trainer(optimizer)
