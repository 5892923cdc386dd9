"""The border to second readers: language models behind OpenAI-compatible endpoints."""
