"""Stream b takes every batch-th character.

misconception: streams_not_contiguous
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    used = n * batch * length

    def cut(x):
        return x[:used].reshape(n, length, batch).swapaxes(1, 2)

    return cut(ids), cut(ids[1:])
