"""The labels are smoothed.

misconception: loss_and_step
fails: train_step.values
"""

import jax
import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        return optax.softmax_cross_entropy(model(xs), optax.smooth_labels(jax.nn.one_hot(labels, 10), 0.1)).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss
