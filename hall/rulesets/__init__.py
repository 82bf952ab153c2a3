"""Versioned vote rules: the legal floor, local profiles, the estate's own clauses."""
