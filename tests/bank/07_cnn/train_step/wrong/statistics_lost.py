"""The batch statistics of the forward pass are put back.

misconception: statistics_lost
fails: train_step.statistics
"""

import jax
import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    graphdef, params, rest = nnx.split(model, nnx.Param, ...)

    def loss_of(params):
        logits = nnx.merge(graphdef, params, rest, copy=True)(xs)
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

    loss, grads = jax.value_and_grad(loss_of)(params)
    optimizer.update(model, grads)
    return loss
