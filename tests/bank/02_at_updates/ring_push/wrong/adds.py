"""Adds to the slot's old content.

misconception: push_then_advance
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    return buffer.at[head].add(value), (head + 1) % buffer.shape[0]
