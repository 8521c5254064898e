"""Targets equal the inputs.

misconception: targets_not_shifted
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    x = ids[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)
    return x, x
