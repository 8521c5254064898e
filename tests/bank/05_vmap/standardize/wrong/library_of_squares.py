"""jax.nn.standardize subtracts the square of the mean from the mean of the squares.

misconception: centre_then_square
fails: standardize.extremes
"""

import jax


def standardize(xs, axis_name):
    rows = jax.lax.all_gather(xs, axis_name)
    return jax.nn.standardize(rows, axis=0, epsilon=1e-5)[jax.lax.axis_index(axis_name)]
