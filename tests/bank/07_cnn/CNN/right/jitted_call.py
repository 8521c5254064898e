"""The call itself under nnx.jit, each block under nnx.remat; an Einsum for the dense layer."""

from flax import nnx


@nnx.remat
def block(conv, norm, x):
    return nnx.relu(norm(conv(x)))


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), strides=2, rngs=rngs), nnx.BatchNorm(32, rngs=rngs)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), strides=2, rngs=rngs), nnx.BatchNorm(32, rngs=rngs)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), strides=2, rngs=rngs), nnx.BatchNorm(10, rngs=rngs)
        self.conv4 = nnx.Conv(10, 10, (3, 3), strides=2, rngs=rngs)
        self.dense = nnx.Einsum("nf,fc->nc", (40, num_classes), (num_classes,), rngs=rngs)

    @nnx.jit
    def __call__(self, x):
        x = block(self.conv1, self.bn1, x)
        x = block(self.conv2, self.bn2, x)
        x = block(self.conv3, self.bn3, x)
        return self.dense(nnx.relu(self.conv4(x)).reshape(len(x), -1))
