"""The graph as a picture: SVG from a layout of our own, PNG where the extra `pictures` is installed."""
