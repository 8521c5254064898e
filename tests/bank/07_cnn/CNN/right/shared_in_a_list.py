"""The blocks also in a list whose name sorts before the layers' own."""

import jax.numpy as jnp
from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        norm = {"momentum": 0.9, "rngs": rngs}
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), **conv), nnx.BatchNorm(10, **norm)
        self.conv4 = nnx.Conv(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

        self.a_blocks = nnx.List(
            [nnx.List([self.conv1, self.bn1]), nnx.List([self.conv2, self.bn2]), nnx.List([self.conv3, self.bn3])]
        )

    def __call__(self, x):
        for conv, norm in self.a_blocks:
            x = nnx.relu(norm(conv(x)))
        return self.dense(jnp.ravel(nnx.relu(self.conv4(x))).reshape(x.shape[0], -1))
