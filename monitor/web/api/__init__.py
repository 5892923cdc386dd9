"""The API under /api/v1: what the commands do, for programs."""
