"""Flax's own."""

from flax import nnx


def max_pool(x, window, stride):
    return nnx.max_pool(x, (window, window), strides=(stride, stride), padding="VALID")
