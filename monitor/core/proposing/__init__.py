"""Proposing: from a document about a subject to the facts that a watch of it could begin with."""
