"""What has pages: lines and ruling lines with their places, put together into paragraphs and tables.

``page`` holds the records; a format (``pdf``, ``ofd``, images) fills ``Page``s; ``grids`` finds the tables in the ruling
lines, ``order`` the reading order, ``furniture`` what stands on every page, ``paragraphs`` joins lines, ``tables`` fills
merged cells and joins tables over page breaks; ``assemble`` makes a ``Document`` of it all.
"""
