"""Layers of its own, on lax."""

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


class Layer(nnx.Module):
    def __init__(self, k, before, after, rngs):
        scale = (k * k * before) ** -0.5
        self.kernel = nnx.Param(scale * jax.random.normal(rngs.params(), (k, k, before, after)))
        self.bias = nnx.Param(jnp.zeros(after))

    def __call__(self, x):
        layout = ("NHWC", "HWIO", "NHWC")
        return lax.conv_general_dilated(x, self.kernel[...], (2, 2), "SAME", dimension_numbers=layout) + self.bias[...]


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
            mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
            self.mean[...] = 0.9 * self.mean[...] + 0.1 * mean
            self.var[...] = 0.9 * self.var[...] + 0.1 * var
        return (x - mean) * lax.rsqrt(var + 1e-5) * self.scale[...] + self.bias[...]


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        self.conv1, self.bn1 = Layer(5, 1, 32, rngs), Norm(32)
        self.conv2, self.bn2 = Layer(5, 32, 32, rngs), Norm(32)
        self.conv3, self.bn3 = Layer(3, 32, 10, rngs), Norm(10)
        self.conv4 = Layer(3, 10, 10, rngs)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        for conv, norm in ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)):
            x = nnx.relu(norm(conv(x)))
        return self.dense(nnx.relu(self.conv4(x)).reshape(len(x), -1))
