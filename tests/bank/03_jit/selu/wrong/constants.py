"""The usual constants, whatever was asked.

misconception: selu_formula
fails: selu.values
"""

import jax


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return jax.nn.selu(x)
