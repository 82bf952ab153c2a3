"""Safe reading of spreadsheets that strangers upload."""
