"""Hall 议事厅: where a housing estate talks a matter through, decides it lawfully and sees it done."""
