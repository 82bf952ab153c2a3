"""Units, titles, the owners' roll, its import, publicity and freezing."""
