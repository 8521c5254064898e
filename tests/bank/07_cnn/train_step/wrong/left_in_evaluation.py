"""The model is in evaluation mode afterwards.

misconception: frozen_mode
fails: train_step.statistics
"""

import jax
import jax.numpy as jnp
from flax import nnx


def loss_of(model, xs, labels):
    logp = jax.nn.log_softmax(model(xs))
    return -jnp.mean(logp[jnp.arange(len(labels)), labels])


@nnx.jit
def compiled(model, optimizer, xs, labels):
    loss, grads = nnx.value_and_grad(loss_of)(model, xs, labels)
    optimizer.update(model, grads)
    return loss


def train_step(model, optimizer, xs, labels):
    model.train()
    loss = compiled(model, optimizer, xs, labels)
    model.eval()
    return loss
