"""Published decisions: numbered, versioned, with objections and archive."""
