"""One example, vmapped."""

import jax
from jax import lax


def conv2d(x, w, b, stride, padding):
    def one(image):
        return lax.conv_general_dilated(
            image[None], w, [stride] * 2, padding, dimension_numbers=("NHWC", "HWIO", "NHWC")
        )[0]

    return jax.vmap(one)(x) + b
