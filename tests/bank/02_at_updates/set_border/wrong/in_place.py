"""Assignment.

misconception: assignment_in_place
fails: set_border.values
"""


def set_border(x, value):
    x[0] = x[-1] = value
    x[:, 0] = x[:, -1] = value
    return x
