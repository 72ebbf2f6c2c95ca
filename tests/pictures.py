"""The pictures of the readmes, made from the program itself: ``python -m tests.pictures`` (Chromium and selenium needed)."""

from __future__ import annotations

import io
import re
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

from PIL import Image
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI

from extractor import extract
from extractor.output.formats import Job, renderer
from extractor.output.terminal import TerminalReport
from extractor.pipeline import compare
from extractor.rules import Ruleset

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"


def terminal(ruleset: Ruleset) -> None:
    """What ``gouji check -q`` shows, as SVG."""
    out = Console(record=True, file=io.StringIO(), force_terminal=True, width=96, highlight=False)
    out.print("$ gouji check -q corpus/develop/h05.txt", style="bold")
    report = extract(ROOT / "corpus" / "develop" / "h05.txt", ruleset)
    TerminalReport(out, ruleset, -1).write(report)
    text = out.export_svg(title="gouji check", theme=MONOKAI).replace(str(ROOT) + "/", "")
    text = re.sub(r"@font-face \{.*?\}\s*", "", text, flags=re.S)  # rich names a font on another machine
    text = re.sub(r' textLength="[^"]*"([^>]*>)([^<]*)', _wide, text)
    (IMAGES / "terminal.svg").write_text(text, encoding="utf-8")


def _wide(found: re.Match[str]) -> str:
    """A piece of text as long as its cells on a terminal: rich takes Chinese characters for half as wide as they are."""
    return f' textLength="{cell_len(unescape(found[2])) * 12.2:.1f}"{found[1]}{found[2]}'


def pages(driver: Any, ruleset: Ruleset) -> None:
    """A report with a finding open, and two years side by side, as small PNG."""
    from extractor.output.html.comparison import render as compared

    report = extract(ROOT / "corpus" / "develop" / "h05.txt", ruleset)
    wrong = next(c for c in report.checks if c.status == "fail" and c.type == "sum")
    years = [extract(ROOT / "corpus" / "develop" / f"k01_{y}.txt", ruleset) for y in (2021, 2022)]
    with tempfile.TemporaryDirectory() as folder:
        for name, chunks, fragment in (
            ("page", renderer("html")(iter([report]), Job(ruleset)), f"#r1-{wrong.id}"),
            ("years", compared(compare(*years, ruleset), Job(ruleset)), ""),
        ):
            path = Path(folder) / f"{name}.html"
            path.write_bytes(b"".join(chunks))
            driver.get(path.as_uri() + fragment)
            picture = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
            picture.quantize(64).save(IMAGES / f"{name}.png", optimize=True)


def main() -> None:
    """Write all pictures."""
    from selenium import webdriver

    from tests.browser.conftest import DRIVER, FLAGS

    ruleset = Ruleset()
    terminal(ruleset)
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, "--no-sandbox"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    try:
        driver.set_window_size(1280, 900)
        pages(driver, ruleset)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
