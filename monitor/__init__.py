"""Factwatch: a monitor for changes of fact in the news."""

__version__ = "0.1.0"
