"""A loop over pairs of layers, built by name; strides as a pair."""

import jax
import jax.numpy as jnp
from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        sizes = ((1, 32, 5), (32, 32, 5), (32, 10, 3), (10, 10, 3))
        for i, (before, after, k) in enumerate(sizes, 1):
            setattr(self, f"conv{i}", nnx.Conv(before, after, (k, k), (2, 2), padding="SAME", rngs=rngs))
            if i < 4:
                setattr(self, f"bn{i}", nnx.BatchNorm(after, momentum=0.95, use_fast_variance=False, rngs=rngs))
        self.dense = nnx.Linear(2 * 2 * 10, num_classes, rngs=rngs)

    def __call__(self, x):
        for i in range(1, 5):
            x = getattr(self, f"conv{i}")(x)
            if i < 4:
                x = getattr(self, f"bn{i}")(x)
            x = jax.nn.relu(x)
        return self.dense(jnp.reshape(x, (-1, 40)))
