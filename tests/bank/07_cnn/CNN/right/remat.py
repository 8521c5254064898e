"""Rematerialised blocks; keys made one by one."""

from flax import nnx


class Block(nnx.Module):
    def __init__(self, conv, norm):
        self.conv, self.norm = conv, norm

    @nnx.remat
    def __call__(self, x):
        return nnx.relu(self.norm(self.conv(x)))


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = lambda i, o, k: nnx.Conv(i, o, (k, k), strides=2, rngs=nnx.Rngs(rngs.params()))
        self.blocks = nnx.List(
            [
                Block(conv(1, 32, 5), nnx.BatchNorm(32, momentum=0.92, rngs=rngs)),
                Block(conv(32, 32, 5), nnx.BatchNorm(32, momentum=0.95, rngs=rngs)),
                Block(conv(32, 10, 3), nnx.BatchNorm(10, momentum=0.98, rngs=rngs)),
            ]
        )
        self.conv4 = conv(10, 10, 3)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    conv1 = property(lambda self: self.blocks[0].conv)
    conv2 = property(lambda self: self.blocks[1].conv)
    conv3 = property(lambda self: self.blocks[2].conv)
    bn1 = property(lambda self: self.blocks[0].norm)
    bn2 = property(lambda self: self.blocks[1].norm)
    bn3 = property(lambda self: self.blocks[2].norm)

    def __call__(self, x):
        for block in self.blocks:
            x = block(x)
        return self.dense(nnx.relu(self.conv4(x)).reshape(x.shape[0], -1))
