"""Channels last, and JAX is not told.

misconception: one_output
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return lax.conv_general_dilated(x, w, (stride, stride), padding) + b
