"""The sandbox: where student code runs, and all that it can reach."""
