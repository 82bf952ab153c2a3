"""The hall command."""
