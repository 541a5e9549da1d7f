"""A workbook for managers who coach with compassion.

The notebooks call `session`, `review` and `handover`; who reads a workbook with other tools calls `open_workbook`.
Everything else is behind them and behind the command ``coaching``. They stand in ``__init__.pyi`` and are imported
when they are first used: the server's extension needs none of them.
"""

import lazy_loader

__version__ = "0.2.0"
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
