"""The edge to other tools: files in, files out.

What stands in ``__init__.pyi`` is imported when it is first used (see `coaching.pages`).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
