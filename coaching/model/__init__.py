"""The method as data: prompts and guards."""
