"""Keeps out of a server what it does without, and what would take it longer to import than all the rest.

jsonschema tests internationalised addresses if `rfc3987_syntax` is there, which JupyterLab brings along: a grammar for
each of 38 terms, made when it is imported. No schema of Jupyter has such an address.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
