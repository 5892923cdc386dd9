"""Network in: fetching and parsing feeds, pages and articles."""
