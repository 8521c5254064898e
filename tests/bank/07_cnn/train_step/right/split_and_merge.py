"""Pure functions under jax.jit, states brought back with nnx.update."""

from functools import partial

import jax
import optax
from flax import nnx


@partial(jax.jit, static_argnums=0)
def pure(graphdef, state, xs, labels):
    model, optimizer = nnx.merge(graphdef, state)

    def loss_of(model):
        return optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss, nnx.state((model, optimizer))


def train_step(model, optimizer, xs, labels):
    graphdef, state = nnx.split((model, optimizer))
    loss, state = pure(graphdef, state, xs, labels)
    nnx.update((model, optimizer), state)
    return loss
