"""Clear both, then add: doubles a row swapped with itself.

misconception: same_row
fails: swap_rows.same
"""


def swap_rows(x, i, j):
    return x.at[i].set(0).at[j].set(0).at[i].add(x[j]).at[j].add(x[i])
