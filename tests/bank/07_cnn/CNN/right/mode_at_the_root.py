"""The mode is kept by the network and handed to each norm in the call."""

from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes: int, rngs: nnx.Rngs):
        self.use_running_average = False
        self.conv1 = nnx.Conv(1, 32, (5, 5), strides=2, rngs=rngs)
        self.conv2 = nnx.Conv(32, 32, (5, 5), strides=2, rngs=rngs)
        self.conv3 = nnx.Conv(32, 10, (3, 3), strides=2, rngs=rngs)
        self.conv4 = nnx.Conv(10, 10, (3, 3), strides=2, rngs=rngs)
        self.bn1, self.bn2, self.bn3 = (nnx.BatchNorm(n, use_running_average=None, rngs=rngs) for n in (32, 32, 10))
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def block(self, x, conv, norm):
        return nnx.relu(norm(conv(x), use_running_average=self.use_running_average))

    def __call__(self, x):
        x = self.block(x, self.conv1, self.bn1)
        x = self.block(x, self.conv2, self.bn2)
        x = self.block(x, self.conv3, self.bn3)
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(x.shape[0], 40))
