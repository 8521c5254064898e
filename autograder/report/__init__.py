"""Reports: HTML, terminal tables and the pictures in them."""
