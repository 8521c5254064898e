"""A rule of its own for the gradient, by jax.vjp of the plain convolution."""

from functools import partial

import jax
from jax import lax


def plain(x, w, b, stride, padding):
    y = lax.conv_general_dilated(x, w, [stride] * 2, padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return y + b[None, None, None]


@partial(jax.custom_vjp, nondiff_argnums=(3, 4))
def conv2d(x, w, b, stride, padding):
    return plain(x, w, b, stride, padding)


def forward(x, w, b, stride, padding):
    return plain(x, w, b, stride, padding), (x, w, b)


def backward(stride, padding, saved, g):
    x, w, b = saved
    gx, gw = jax.vjp(lambda x, w: plain(x, w, b, stride, padding), x, w)[1](g)
    return gx, gw, g.sum((0, 1, 2))


conv2d.defvjp(forward, backward)
