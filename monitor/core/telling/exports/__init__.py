"""Exports: what other programs subscribe to or open, as Atom, JSON Feed, iCalendar and CSV."""
