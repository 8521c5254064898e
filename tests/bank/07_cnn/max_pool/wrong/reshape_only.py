"""Blocks by reshape, right only where the stride is the window.

misconception: pool_windows
fails: max_pool.windows
"""


def max_pool(x, window, stride):
    n, height, width, channels = x.shape
    rows, columns = height // window, width // window
    x = x[:, : rows * window, : columns * window]
    return x.reshape(n, rows, window, columns, window, channels).max((2, 4))
