"""The composition root: the only place that names providers, and where the machine's clock enters."""
