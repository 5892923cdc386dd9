"""Claims and known values to verdicts, changes and moves of the ledger."""
