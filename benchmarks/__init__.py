"""Speed and memory against plain Mesa, and the plain model itself."""
