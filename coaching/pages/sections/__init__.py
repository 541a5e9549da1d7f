"""The sections of the pages, and what each shows."""
