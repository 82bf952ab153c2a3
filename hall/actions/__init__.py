"""Follow-up actions 落实: who does what by when, until another body has seen it done."""
