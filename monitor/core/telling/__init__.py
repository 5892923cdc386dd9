"""Changes to messages, and what becomes of a delivery."""
