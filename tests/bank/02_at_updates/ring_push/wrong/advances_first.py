"""Moves on, then writes.

misconception: push_then_advance
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    head = (head + 1) % buffer.shape[0]
    return buffer.at[head].set(value), head
