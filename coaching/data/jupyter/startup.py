"""Brings in what the notebooks need while somebody still opens them, beside the kernel's own start; names nothing."""

__import__("threading").Thread(target=__import__, args=("coaching.notebook",), daemon=True).start()
