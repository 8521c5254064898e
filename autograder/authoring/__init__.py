"""What course authors run: building notebooks, recording expected values, proving the bank."""
