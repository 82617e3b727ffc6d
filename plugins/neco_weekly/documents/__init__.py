"""The lock's JSON documents: validated when read, canonical when written.

- `reading`  values of a JSON document, each checked, with errors that name the place
- `keps`     `keps.json`: enhancements with their history
- `cards`    `cards.json`
"""

from .cards import cards_text, read_cards
from .keps import KepsDocument, enhancement_from_dict, enhancement_to_dict, keps_text, read_keps

__all__ = [
    "KepsDocument",
    "cards_text",
    "enhancement_from_dict",
    "enhancement_to_dict",
    "keps_text",
    "read_cards",
    "read_keps",
]
