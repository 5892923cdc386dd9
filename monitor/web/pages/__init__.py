"""The pages: one module each, which gathers what it shows and gives it to its template."""
