"""A copy of model and optimizer is trained and thrown away.

misconception: weights_not_updated
fails: train_step.values
"""

import jax
import optax
from flax import nnx


@jax.jit
def stepped(graph, xs, labels):
    model, optimizer = nnx.merge(graph[0], graph[1])

    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss


def train_step(model, optimizer, xs, labels):
    return stepped(nnx.split((model, optimizer)), xs, labels)
