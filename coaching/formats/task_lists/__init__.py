"""Lists of tasks as people keep them: Markdown, org, tables.

What stands in ``__init__.pyi`` is imported when a list is read (see `coaching.pages`).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
