"""The padding in numbers; VALID on padded images."""

import jax.numpy as jnp
from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes: int, rngs: nnx.Rngs):
        five = dict(kernel_size=(5, 5), strides=(2, 2), rngs=rngs)
        three = dict(kernel_size=(3, 3), strides=(2, 2), padding="VALID", rngs=rngs)
        norm = dict(momentum=0.99, epsilon=1e-3, use_fast_variance=False, rngs=rngs)
        self.conv1 = nnx.Conv(1, 32, padding=((1, 2), (1, 2)), **five)
        self.bn1 = nnx.BatchNorm(32, **norm)
        self.conv2 = nnx.Conv(32, 32, padding=[(1, 2), (1, 2)], **five)
        self.bn2 = nnx.BatchNorm(32, **norm)
        self.conv3 = nnx.Conv(32, 10, **three)
        self.bn3 = nnx.BatchNorm(10, **norm)
        self.conv4 = nnx.Conv(10, 10, **three)
        self.dense = nnx.LinearGeneral(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = jnp.maximum(self.bn1(self.conv1(x)), 0)
        x = jnp.maximum(self.bn2(self.conv2(x)), 0)
        x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))[:, : 2 * 3 + 3 if x.shape[1] == 7 else None, :9]
        x = jnp.maximum(self.bn3(self.conv3(x)), 0)
        x = jnp.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))
        x = jnp.maximum(self.conv4(x), 0)
        return self.dense(x.reshape(-1, 40))
