"""A Python if at the wrap.

misconception: branch_on_traced_value
fails: ring_push.scan
"""


def ring_push(buffer, head, value):
    following = head + 1
    if following == buffer.shape[0]:
        following = head * 0
    return buffer.at[head].set(value), following
