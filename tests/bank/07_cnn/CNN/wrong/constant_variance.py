"""Own norms that take the batch's variance for a constant.

misconception: gradient_cut
fails: CNN.training
"""

import jax.numpy as jnp
from flax import nnx
from jax import lax


class Norm(nnx.Module):
    def __init__(self, n):
        self.scale, self.bias = nnx.Param(jnp.ones(n)), nnx.Param(jnp.zeros(n))
        self.mean, self.var = nnx.BatchStat(jnp.zeros(n)), nnx.BatchStat(jnp.ones(n))
        self.use_running_average = False

    def set_view(self, **kwargs):
        self.use_running_average = kwargs.get("use_running_average", self.use_running_average)

    def __call__(self, x):
        mean, var = self.mean[...], self.var[...]
        if not self.use_running_average:
            mean, var = x.mean((0, 1, 2)), lax.stop_gradient(x.var((0, 1, 2)))
            self.mean[...] = 0.9 * self.mean[...] + 0.1 * mean
            self.var[...] = 0.9 * self.var[...] + 0.1 * var
        return (x - mean) * lax.rsqrt(var + 1e-5) * self.scale[...] + self.bias[...]


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), **conv), Norm(32)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), **conv), Norm(32)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), **conv), Norm(10)
        self.conv4 = nnx.Conv(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(len(x), -1))
