"""Cuts consecutive chunks, so a row jumps through the text.

misconception: streams_not_contiguous
fails: make_streams.values
"""


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    used = n * batch * length
    return ids[:used].reshape(n, batch, length), ids[1 : used + 1].reshape(n, batch, length)
