"""train() and eval() of its own."""

from flax import nnx


class Base(nnx.Module):
    training = True

    def train(self, **attributes):
        super().train(**attributes)
        self.training = True

    def eval(self, **attributes):
        super().eval(**attributes)
        self.training = False


class CNN(Base):
    def __init__(self, num_classes, rngs):
        sizes = ((1, 32, 5), (32, 32, 5), (32, 10, 3), (10, 10, 3))
        for i, (before, after, k) in enumerate(sizes, 1):
            setattr(self, f"conv{i}", nnx.Conv(before, after, (k, k), (2, 2), padding="SAME", rngs=rngs))
            if i < 4:
                setattr(self, f"bn{i}", nnx.BatchNorm(after, use_fast_variance=False, rngs=rngs))
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x), not self.training))
        x = nnx.relu(self.bn2(self.conv2(x), not self.training))
        x = nnx.relu(self.bn3(self.conv3(x), not self.training))
        x = nnx.relu(self.conv4(x)).reshape(len(x), -1)
        return self.dense(x)
