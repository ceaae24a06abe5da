"""Makes CourseMath.woff2: the characters of our formulas, cut from Latin Modern Math, as a font for pages.

    sudo apt-get install fonts-lmodern
    python3 -m pip install fonttools brotli
    python3 Sources/Notebook/Fonts/make-font.py

The glyphs and the MATH table are those of Latin Modern Math 1.959, unchanged; fences and roots keep their larger variants. As the
font's licence (LICENSE-GUST.txt) asks, the derived font has a name of its own. Nothing of this runs when the course is built.
"""

import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
SOURCE = "/usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf"
NAME = "Course Math"

characters = (HERE / "characters.txt").read_text().replace("\n", "")
font = TTFont(SOURCE, recalcTimestamp=False)
missing = [c for c in characters if ord(c) not in font.getBestCmap()]
assert not missing, f"not in the font: {missing}"

options = subset.Options()
options.flavor = "woff2"
options.layout_features = ["dtls"]  # i and j without dots under accents
options.name_IDs = ["*"]
options.hinting = False
options.drop_tables += ["FFTM"]
cut = subset.Subsetter(options)
cut.populate(text=characters)
cut.subset(font)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 16):
        record.string = NAME
    if record.nameID in (6,):
        record.string = NAME.replace(" ", "")
if "CFF " in font:
    cff = font["CFF "].cff
    cff.fontNames = [NAME.replace(" ", "")]
    cff.topDictIndex[0].FullName = NAME
    cff.topDictIndex[0].FamilyName = NAME
font["OS/2"].fsType = 0
font.flavor = "woff2"
target = HERE / "CourseMath.woff2"
font.save(target)
print(f"{len(characters)} characters, {target.stat().st_size} bytes")
