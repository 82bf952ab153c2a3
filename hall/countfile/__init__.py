"""The offline count document: what 'hall count' reads and prints."""
