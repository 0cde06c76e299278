"""What only SQLite knows: how a file is made, opened, loaded, copied page by page and proved."""
