"""Only the head is trained: the kernels of the convolutions have no gradient.

misconception: gradient_cut
fails: CNN.training
"""

from flax import nnx
from jax import lax


class Frozen(nnx.Conv):
    def __call__(self, x):
        layout = ("NHWC", "HWIO", "NHWC")
        kernel, bias = lax.stop_gradient((self.kernel[...], self.bias[...]))
        return lax.conv_general_dilated(x, kernel, (2, 2), "SAME", dimension_numbers=layout) + bias


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        norm = {"momentum": 0.9, "rngs": rngs}
        self.conv1, self.bn1 = Frozen(1, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv2, self.bn2 = Frozen(32, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv3, self.bn3 = Frozen(32, 10, (3, 3), **conv), nnx.BatchNorm(10, **norm)
        self.conv4 = Frozen(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(len(x), -1))
