"""optax has it; a keyword bound by partial."""

from functools import partial

import optax

safe_norm = partial(optax.safe_norm, min_norm=0.0)
