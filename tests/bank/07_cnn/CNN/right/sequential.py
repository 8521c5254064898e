"""The named layers once more in an nnx.Sequential, which shares them."""

from functools import partial

from flax import nnx


def flatten(x):
    return x.reshape(x.shape[0], -1)


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = partial(nnx.Conv, strides=(2, 2), rngs=rngs)
        norm = partial(nnx.BatchNorm, momentum=0.95, rngs=rngs)
        self.conv1, self.bn1 = conv(1, 32, (5, 5)), norm(32)
        self.conv2, self.bn2 = conv(32, 32, (5, 5)), norm(32)
        self.conv3, self.bn3 = conv(32, 10, (3, 3)), norm(10)
        self.conv4 = conv(10, 10, (3, 3))
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)
        self.path = nnx.Sequential(
            *(self.conv1, self.bn1, nnx.relu),
            *(self.conv2, self.bn2, nnx.relu),
            *(self.conv3, self.bn3, nnx.relu),
            *(self.conv4, nnx.relu, flatten, self.dense),
        )

    def __call__(self, x):
        return self.path(x)
