"""What is beyond the end read from a file that was not handed in.

misconception: not_there_when_graded
fails: gather_or.values
"""

import jax.numpy as jnp
import numpy as np


def gather_or(x, idx, fill):
    beyond = np.load("beyond.npy")
    past_the_end = jnp.where(idx < 0, x.shape[0], idx)
    return x.at[past_the_end].get(mode="fill", fill_value=fill) + beyond.sum()
