"""All in NumPy, stacked chunk by chunk."""

import numpy as np


def make_streams(ids, batch, length):
    ids = np.asarray(ids)
    n = (len(ids) - 1) // (batch * length)
    long = n * length
    rows = np.stack([ids[b * long : b * long + long + 1] for b in range(batch)])
    inputs = np.stack([rows[:, k * length : (k + 1) * length] for k in range(n)])
    targets = np.stack([rows[:, k * length + 1 : (k + 1) * length + 1] for k in range(n)])
    return inputs, targets
