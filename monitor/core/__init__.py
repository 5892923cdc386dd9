"""The pure half: no clock, disk, socket, SQL or log. Nouns here, functions in the folders below."""
