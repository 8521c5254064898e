"""A new jitted function at each call.

misconception: compiled_again
fails: train_step.trace
"""

import optax
from flax import nnx


def train_step(model, optimizer, xs, labels):
    @nnx.jit
    def run(model, optimizer, xs, labels):
        def loss_of(model):
            return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

        loss, grads = nnx.value_and_grad(loss_of)(model)
        optimizer.update(model, grads)
        return loss

    return run(model, optimizer, xs, labels)
