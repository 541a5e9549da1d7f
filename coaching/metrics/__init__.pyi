from .promises.items import handed_away, item_rows
from .report import figures

__all__ = ["figures", "handed_away", "item_rows"]
