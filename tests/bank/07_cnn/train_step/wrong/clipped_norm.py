"""Gradients shortened to a norm of 5.

misconception: weights_not_updated
fails: train_step.values
"""

import jax
import jax.numpy as jnp
import optax
from flax import nnx


def shorter(grads):
    scale = jnp.minimum(1.0, 5.0 / optax.global_norm(grads))
    return jax.tree.map(lambda g: scale * g, grads)


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, shorter(grads))
    return loss
