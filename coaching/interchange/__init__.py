"""The edge to other tools: files in, files out."""
