"""The loss as a Python float."""

import optax
from flax import nnx


@nnx.jit
def compiled(model, optimizer, xs, labels):
    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss


def train_step(model, optimizer, xs, labels) -> float:
    return float(compiled(model, optimizer, xs, labels))
