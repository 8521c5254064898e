"""Adds what is missing, at corners twice.

misconception: corners_counted_twice
fails: set_border.values
"""


def set_border(x, value):
    for part in ((0,), (-1,), (slice(None), 0), (slice(None), -1)):
        x0 = x if part == (0,) else x0
        x = x.at[part].add(value - x0[part])
    return x
