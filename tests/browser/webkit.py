"""Opens a file in WebKitGTK, and evaluates one expression after the other, each until it says something.

A program of its own, as the bindings belong to Debian's Python: ``webkit.py FILE FOLDER EXPRESSIONS``. What the browser
keeps, and its downloads, go into the folder; each answer is a line of JSON on standard output.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402 - their versions are said first

NOTHING = {"", "false", "null", "undefined"}
AGAIN_MS, AT_MOST_S = 50, 90


def main(file, folder, expressions):
    data = WebKit2.WebsiteDataManager(base_data_directory=folder, base_cache_directory=folder)
    context = WebKit2.WebContext.new_with_website_data_manager(data)
    view = WebKit2.WebView.new_with_context(context)
    window = Gtk.Window()
    window.set_default_size(390, 844)
    window.add(view)
    window.show_all()
    waiting = list(expressions)

    def ask():
        if waiting:
            view.evaluate_javascript(waiting[0], -1, None, None, None, hear, None)
        else:
            Gtk.main_quit()

    def hear(_view, result, _data):
        value = view.evaluate_javascript_finish(result).to_string()
        if value not in NOTHING:
            sys.stdout.write(json.dumps(value) + "\n")
            waiting.pop(0)
        GLib.timeout_add(AGAIN_MS, ask)

    def receive(_context, download):
        def place(_download, name):
            download.set_destination(GLib.filename_to_uri(f"{folder}/{name}", None))
            return True

        download.connect("decide-destination", place)

    context.connect("download-started", receive)
    view.connect("load-changed", lambda _view, event: event == WebKit2.LoadEvent.FINISHED and ask())
    view.load_uri(GLib.filename_to_uri(file, None))
    GLib.timeout_add_seconds(AT_MOST_S, Gtk.main_quit)
    Gtk.main()


main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
