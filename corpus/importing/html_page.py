"""Pages saved from the web (HTML): the main text, without menus, banners, footers and what is hidden."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.importing.blocks import Block, Parsed
from corpus.importing.charsets import decode, decode_as
from corpus.importing.dates import find_days
from corpus.importing.html_blocks import blocks_of, spread_tables, text_of
from corpus.importing.inert import inert, web_address
from corpus.importing.markdown import plain_text
from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import Doubt, ImportLimits
from corpus.text import clean, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEPTH = 200
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,80}encoding=[\"']([\w.:-]{2,30})", re.I
)
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "unicode": "utf-16",
}
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{8,500}) -->")
_OUTSIDE = (
    "nav", "footer", "aside", "form", "dialog", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg",
    "button", "select", "textarea", "menu", "canvas",
)  # fmt: skip
_OUTSIDE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"}
)
_OUTSIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer|breadcrumbs?|cookies?|sidebar|social|share|sharing|related|newsletter|skip-link|"
    r"pagination|comments?|advert(?:isement)?|popup|modal|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)", re.IGNORECASE
)
_SITE = re.compile(r"\s+[|–—»·•-]\s+[^|–—»·•]{2,60}$|\s*[-_|–—]+\s*[^-_|–—\s]{0,10}(?:网|網|报|報|在线|频道)$")
_DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date|time|pubtime|pubdate|published)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_DATE = 40
_INLINED = re.compile(r"data:[a-zA-Z0-9/+.;=-]{0,80},[^\"'()<>\s]{200,}")
_LONGEST_SOURCE = 8_000_000
_LEAST_SHARE = 0.6


def read_html(content: bytes, limits: ImportLimits) -> Parsed:
    """The main text of a page, and what it says about its title, day, publisher and address.

    Raises:
        ImportRefusedError: it declares entities, nests without end, or holds no text.
    """
    text, guessed = _decoded(content)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise refused(Refusal.HOSTILE, found="entities")
    text = _INLINED.sub("", clean(text))
    _check_length(len(text), _LONGEST_SOURCE)
    tree = _tree(text)
    about = _metadata(tree, text)
    pictures = next(tree.iter("img"), None) is not None
    _clean(tree)
    _check_length(len(text_of(tree)), int(1.5 * limits.most_characters))
    spread_tables(tree)
    blocks = _main_text(tree)
    if not blocks:
        raise refused(Refusal.NO_TEXT)
    doubts = [(Doubt.CHARSET_GUESSED, 0)] if guessed else []
    if pictures:
        doubts.append((Doubt.PICTURES_LEFT_OUT, 0))
    return Parsed(tuple(blocks), doubts=tuple(doubts), **about)


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text in the encoding that the page states if it fits, else in the one that is recognised."""
    stated = _CHARSET.search(content[:4096])
    if stated and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = (stated[1] or stated[2]).decode("ascii", "replace").lower()
        text = decode_as(content, _WEB_NAMES.get(name, name))
        if text is not None and not name.startswith(("utf-16", "utf-7")):
            return text, False
    text, guessed = decode(content)
    return text, guessed


def _tree(text: str) -> Any:
    """The page as a tree.

    Raises:
        ImportRefusedError: it cannot be parsed, or is nested deeper than any page that people write.
    """
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False, encoding=None))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        memory = "memory" in str(error) or "unknown error" in str(
            error
        )  # what the C library says when it has none left
        raise refused(Refusal.TOO_MUCH_MEMORY if memory else Refusal.DAMAGED) from error
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MOST_DEPTH:
        raise refused(Refusal.HOSTILE, found="nesting")
    return tree


def _check_length(length: int, most: int) -> None:
    if length > most:
        raise refused(Refusal.TOO_LONG, size=f"{length:,}", limit=f"{most:,}")


def _clean(tree: Any) -> None:
    """Take out what stands around the text of a page, what is hidden, and comments."""
    doomed = [element for element in tree.iter() if not isinstance(element.tag, str) or _is_outside(element)]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    for item in [item for item in tree.iter("li") if item.getparent().tag not in {"ul", "ol", "menu"}]:
        above = item.getprevious()
        holder = above if above is not None and above.get("data-made") else item.makeelement("ul", {"data-made": "1"})
        if holder is not above:
            item.addprevious(holder)
        holder.append(item)  # a list that its page forgot; without one its items would be lost


def _is_outside(element: Any) -> bool:
    name = element.tag.lower()
    if name in {"html", "body", "main", "article"}:
        return False
    if name in _OUTSIDE or element.get("role", "").lower() in _OUTSIDE_ROLES:
        return True
    if name == "header" and not any(above.tag in {"main", "article"} for above in element.iterancestors()):
        return next(element.iter("h1"), None) is None
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", ""))
    ):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        bool(_OUTSIDE_NAMES.search(names))
        and word_count(element.text_content()) < 120
        and name in {"div", "ul", "ol", "section", "p", "span"}
    )


def _main_text(tree: Any) -> list[Block]:
    """What the extraction takes for the main text, or all that is left of the page where it loses too much of it."""
    whole = list(blocks_of(_root(tree)))
    extracted = _extracted(tree)
    share = word_count(plain_text(extracted)) / max(word_count(plain_text(whole)), 1)
    return extracted if share >= _LEAST_SHARE else whole


def _root(tree: Any) -> Any:
    for name in ("main", "article"):
        found = list(tree.iter(name))
        if len(found) == 1:
            return found[0]
    body = tree.find("body")
    return tree if body is None else body


def _extracted(tree: Any) -> list[Block]:
    from lxml import html
    from trafilatura import bare_extraction

    document = bare_extraction(
        html.document_fromstring(html.tostring(tree, encoding="unicode")),
        include_links=True,
        include_tables=True,
        include_comments=False,
        favor_recall=True,
    )
    body = getattr(document, "body", None)
    return [] if body is None else list(blocks_of(body))


def _metadata(tree: Any, text: str) -> dict[str, Any]:
    named = dict(_stated(tree))
    linked = dict(_linked_data(tree))
    headings = [text_of(heading) for heading in tree.iter("h1") if not _is_logo(heading)]
    title = headings[0] if len(headings) == 1 else ""
    title = title or _SITE.sub("", inert(named.get("og:title", "") or tree.findtext(".//title") or ""))
    saved = _SAVED_FROM.search(text[:2000])
    canonical = next(
        (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"), ""
    )
    address = next(filter(None, map(web_address, (canonical, named.get("og:url", ""), saved[1] if saved else ""))), "")
    return {
        "title": title,
        "published": _day(named, linked, tree),
        "publisher": inert(
            named.get("og:site_name", "") or named.get("dc.publisher", "") or linked.get("publisher", "")
        ),
        "url": address,
    }


def _shown_days(tree: Any) -> Iterator[str]:
    """What stands in elements that are named after a day, but for those around the main text."""
    for element in tree.iter("span", "div", "p", "li", "td", "em", "small"):
        named = _DATE_CLASS.search(element.get("class", "")) is not None
        text = text_of(element) if named else ""
        is_day = len(text) <= _LONGEST_DATE and bool(find_days(text))
        if is_day and not any(map(_is_outside, (element, *element.iterancestors()))):
            yield text


def _is_logo(heading: Any) -> bool:
    """Whether a heading is nothing but the name of the site, which leads to its first page; one with a link to itself is not."""
    link = heading.find(".//a")
    if link is None or text_of(link) != text_of(heading):
        return False
    to = urlsplit(link.get("href", ""))
    return (to.path == "/" or (to.path == "" and bool(to.netloc))) and not to.query and not to.fragment


def _stated(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            yield name, meta.get("content")


def _linked_data(tree: Any) -> Iterator[tuple[str, str]]:
    """Day and publisher of the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "") or len(script.text or "") > 100_000:
            continue
        try:
            stated = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        whole = stated.get("@graph", stated) if isinstance(stated, dict) else stated
        for entry in whole if isinstance(whole, list) else [whole]:
            if isinstance(entry, dict):
                publisher = entry.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                yield from (
                    (key, value)
                    for key, value in (("day", entry.get("datePublished")), ("publisher", name))
                    if isinstance(value, str)
                )


def _day(named: dict[str, str], linked: dict[str, str], tree: Any) -> date | None:
    keys = ("article:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.date", "date", "pubdate")
    times = [time.get("datetime", "") for time in tree.iter("time")][:1]
    for written in (
        *(named.get(key, "") for key in keys),
        linked.get("day", ""),
        *times,
        *islice(_shown_days(tree), 1),
    ):
        if found := find_days(written.split("T")[0][:_LONGEST_DATE]):
            return found[0].day
    return None
