"""SQL: the only package that speaks it."""
