"""Brings in what the notebooks need, and reads the workbooks, while somebody still opens them; names nothing.

In the kernel's own thread, as two threads that import at once can each see half of a module; and a second later, so
that the kernel has answered JupyterLab by then: what is asked of it meanwhile waits, and is not lost. What was brought
in stays to the end: the garbage collector need not look through it again, a tenth of a second each time.
"""

# A terminal's Python finds this file too; and a module beside the notebook would be imported in the program's place.
if "ipykernel" in __import__("sys").modules and not any(__import__("pkgutil").iter_modules(["."])):
    __import__("tornado.ioloop").ioloop.IOLoop.current().call_later(
        1,
        lambda: (
            __import__("coaching.jupyter.api"),
            __import__("gc").freeze(),
            __import__("coaching").jupyter.api.warm_up(),  # after it: what is read may be erased
        ),
    )
