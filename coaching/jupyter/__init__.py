"""What Jupyter needs: the notebooks' API, the launcher, the lock, the server's extension and start-up.

What stands in ``__init__.pyi`` is imported when it is first used (see `coaching.pages`): JupyterLab takes seconds.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
