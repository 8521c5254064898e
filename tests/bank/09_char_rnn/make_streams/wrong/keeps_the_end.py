"""Drops the leftover at the start of the text.

misconception: number_of_chunks
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    used = n * batch * length

    def cut(x):
        return x[-used:].reshape(batch, n, length).swapaxes(0, 1)

    return cut(ids[:-1]), cut(ids[1:])
