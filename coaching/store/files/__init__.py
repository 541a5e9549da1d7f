"""The files of one workbook: read, written, compacted, rewritten, watched."""
