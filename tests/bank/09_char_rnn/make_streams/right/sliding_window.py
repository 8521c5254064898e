"""Windows of one id more, a view of the text."""

import numpy as np


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    w = np.lib.stride_tricks.sliding_window_view(np.asarray(ids), length + 1)[: n * batch * length : length]
    w = w.reshape(batch, n, length + 1).transpose(1, 0, 2)
    return w[..., :-1], w[..., 1:]
