"""Schemas of what is sent to others, as files that are served and shipped."""
