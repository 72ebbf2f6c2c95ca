"""A real browser for the pages: Debian's Chromium, headless, that reaches no network and reports what it tries."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.model import Report
from extractor.output.formats import Job, renderer
from extractor.rules import Ruleset

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1440,1000",
    "--force-prefers-reduced-motion", "about:blank",
)  # fmt: skip


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests of a worker."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("no chromium and chromedriver here: the pages are not tested in a browser")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra: browser)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    if getattr(os, "geteuid", lambda: 1)() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield browser
    browser.quit()


class Opened:
    """A page that is open: what was asked of the network and said on the console is held against it at the end."""

    def __init__(self, driver: Any, path: Path) -> None:
        self.driver = driver
        driver.get_log("browser")
        driver.get_log("performance")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
        driver.get(path.as_uri())

    def js(self, code: str, *given: Any) -> Any:
        """The value of an expression in the page."""
        return self.driver.execute_script(f"return ({code})", *given)

    def all(self, selector: str) -> list[Any]:
        """The elements of a selector."""
        return list(self.driver.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        """The first element of a selector."""
        return self.driver.find_element("css selector", selector)

    def shown(self, selector: str) -> int:
        """How many elements of a selector are not hidden."""
        return int(
            self.js("[...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length).length", selector)
        )

    def settle(self) -> None:
        """Wait until the page has drawn what it was told."""
        self.driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => setTimeout(done))")

    def quiet(self) -> None:
        """Nothing was complained of, and nothing was fetched but the file itself."""
        said = [e["message"] for e in self.driver.get_log("browser")]
        sent = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]
        requests = [e["params"] for e in sent if e["method"] == "Network.requestWillBeSent"]
        # The browser's own start page may still be loading when the first page of ours is opened.
        asked = {e["request"]["url"] for e in requests if not e["documentURL"].startswith("chrome:")}
        assert not said
        assert all(u.startswith(("file:", "data:")) for u in asked), asked
        assert len({u.split("#")[0] for u in asked if u.startswith("file:")}) <= 1


@pytest.fixture
def opened(driver: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """A function that writes reports as one page and opens it; every page has to stay quiet to the end."""
    pages: list[Opened] = []

    def run(*reports: Report, lang: str = "zh", fragment: str = "") -> Opened:
        path = tmp_path / "page.html"
        path.write_bytes(b"".join(renderer("html")(iter(reports), Job(Ruleset(lang=lang)))))
        pages.append(Opened(driver, path))
        if fragment:
            driver.get(path.as_uri() + fragment)
        return pages[-1]

    yield run
    for page in pages:
        page.quiet()
