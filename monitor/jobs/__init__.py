"""Verbs of the program: load, ask the core, save."""
