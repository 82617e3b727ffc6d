"""Pictures for sharing: what shows where somebody passes on the address of a page, drawn from our own texts alone.

- `social_card` the words of a picture
- `drawing`     those words -> a PNG
- `fitting`     the size and the lines in which a title fills its place
- `breaks`      where a line of Japanese or English may end
- `card_font`   the font, and which signs it can draw

Nothing here reads what somebody else drew: see `docs/decisions/0057-social-cards.md`.
"""
