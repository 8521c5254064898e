"""A Python if, no arrays.

misconception: one_choice_an_entry
fails: piecewise.arrays
"""


def piecewise(x, y):
    if x < 3:
        return 3 * y**2
    return -4 * y
