"""The optimizer's state is thrown away.

misconception: weights_not_updated
fails: train_step.values
"""

import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    fresh = nnx.Optimizer(model, optimizer.tx, wrt=nnx.Param)
    fresh.update(model, grads)
    return loss
