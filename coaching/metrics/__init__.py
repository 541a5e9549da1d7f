"""Frames → results; pure.

What stands in ``__init__.pyi`` is imported when it is first used, as all of it brings in pandas: so the application
writes ``from coaching import metrics`` at the top of a module, and ``metrics.figures(…)`` where it is needed.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
