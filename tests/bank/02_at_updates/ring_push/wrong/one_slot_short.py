"""Wraps one slot too early.

misconception: push_then_advance
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    return buffer.at[head].set(value), (head + 1) % max(buffer.shape[0] - 1, 1)
