"""Reshapes to the right shape without moving axes.

misconception: streams_not_contiguous
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    used = n * batch * length

    def cut(x):
        return x[:used].reshape(batch, n, length).reshape(n, batch, length)

    return cut(ids), cut(ids[1:])
