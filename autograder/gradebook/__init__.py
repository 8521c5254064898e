"""What the stock nbgrader commands call, by names in nbgrader_config.py."""
