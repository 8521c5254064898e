"""The mean taken off, and nothing else.

misconception: root_of_the_variance
fails: standardize.values
"""

import jax


def standardize(xs, axis_name):
    return xs - jax.lax.pmean(xs, axis_name)
