"""Lists of tasks as people keep them: Markdown, org, tables."""
