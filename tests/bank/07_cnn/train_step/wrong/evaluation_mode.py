"""The model switched to evaluation.

misconception: running_in_training
fails: train_step.values
"""

import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    model.eval()

    def loss_of(model):
        logits = model(xs)
        return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss
