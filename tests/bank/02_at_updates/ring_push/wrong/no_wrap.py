"""The head runs past the end, where writes are dropped.

misconception: writes_past_the_end
fails: ring_push.wraps
"""


def ring_push(buffer, head, value):
    return buffer.at[head].set(value), head + 1
