"""The database's migrations, applied when a store is opened."""
