"""What only PostgreSQL knows: how it is reached, locked, loaded, owned, proved and asked how it is."""
