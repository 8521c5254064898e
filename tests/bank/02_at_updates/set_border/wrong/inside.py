"""The inside is painted.

misconception: frame_and_inside_swapped
fails: set_border.values
"""


def set_border(x, value):
    return x.at[1:-1, 1:-1].set(value)
