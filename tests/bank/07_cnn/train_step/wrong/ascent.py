"""Up the gradient.

misconception: loss_and_step
fails: train_step.values
"""

import jax
import jax.numpy as jnp
import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, jax.tree.map(jnp.negative, grads))
    return loss
