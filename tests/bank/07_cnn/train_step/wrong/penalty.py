"""An L2 penalty of 1e-4 on the weights.

misconception: loss_value
fails: train_step.values
"""

import jax
import jax.numpy as jnp
import optax
from flax import nnx


@nnx.jit
def train_step(model, optimizer, xs, labels):
    def loss_of(model):
        cost = optax.softmax_cross_entropy_with_integer_labels(model(xs), labels).mean()
        return cost + 1e-4 * sum(jnp.sum(p**2) for p in jax.tree.leaves(nnx.state(model, nnx.Param))) / 2

    loss, grads = nnx.value_and_grad(loss_of)(model)
    optimizer.update(model, grads)
    return loss
