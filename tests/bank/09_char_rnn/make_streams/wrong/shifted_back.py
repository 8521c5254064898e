"""Targets are the characters before.

misconception: targets_not_shifted
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)

    def cut(x):
        return x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)

    return cut(ids[1:]), cut(ids)
