"""Words that were said, looked for: an index in memory alone, and what it leads to."""
