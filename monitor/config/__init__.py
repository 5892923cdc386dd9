"""Configuration in: the environment and the files that people write."""
