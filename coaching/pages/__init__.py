"""The edge to the reader: shared data → HTML pages, and parts of them for the notebook.

What stands in ``__init__.pyi`` is imported when it is first used, as all of it brings in matplotlib, which takes half a
second that no other command should wait for. So whoever needs a page writes ``from coaching import pages`` at the top
of a module, and ``pages.summary_page(…)`` where it is needed; ``from coaching.pages import …`` imports it at once.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
