"""Only the last average.

misconception: alpha_weights_the_new
fails: ema.values
"""

from jax import lax


def ema(xs, alpha):
    return lax.scan(lambda h, x: (alpha * x + (1 - alpha) * h, None), xs[0], xs)[0]
