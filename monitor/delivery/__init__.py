"""Network out: messages to their destinations."""
