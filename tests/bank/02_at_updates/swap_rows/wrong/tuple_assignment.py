"""Python's swap.

misconception: assignment_in_place
fails: swap_rows.values
"""


def swap_rows(x, i, j):
    x[i], x[j] = x[j], x[i]
    return x
