"""Files residents and staff hand in: checked, re-encoded, safe to serve."""
