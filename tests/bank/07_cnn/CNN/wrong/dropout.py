"""Half of the numbers before the dense layer are dropped in training.

misconception: only_the_norms
fails: CNN.training
"""

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
        self.drop = nnx.Dropout(0.5, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(self.drop(x.reshape(len(x), -1)))
