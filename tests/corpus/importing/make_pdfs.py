"""Makes the PDFs of `pdf/`: the same Arabic release by every program that this machine has.

    python tests/corpus/importing/make_pdfs.py

Chromium (Debian's) and LibreOffice (libreoffice-writer-nogui) suffice for most; pango-view, Ghostscript and the Python packages
weasyprint, typst, reportlab with arabic-reshaper and python-bidi make the others. A missing program leaves its files as they are.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.corpus.importing.arabic_release import BLOCKS, HEADER, TABLE

FOLDER = Path(__file__).parent / "pdf"
CHROMIUM_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-pdf-header-footer"
)
STYLE = (
    "@page {{ size: A5; margin: 2cm 1.6cm; @top-right {{ content: '{header}' }} "
    "@bottom-center {{ content: counter(page) ' / ' counter(pages) }} }}"
    "body {{ font: 11pt '{font}'; line-height: 1.6; text-align: {align} }} h1, h2 {{ font-weight: normal }}"
    "table {{ border-collapse: collapse }} td {{ border: 1px solid black; padding: 3px 8px }}"
)

FRENCH_STYLE = (
    "<style>@page {{ size: A4; margin: 2cm; @top-center {{ content: 'Lettre du CRI' }} "
    "@bottom-center {{ content: 'Page ' counter(page) ' sur ' counter(pages) }} }}"
    "body {{ font: 11pt '{font}'; {text} }} td {{ border: 1px solid; padding: 3px 8px }}</style>"
)
FRENCH = (
    "<h1>Réunion sur la charte de l'investissement à Safi</h1>"
    "<p>Safi, le 3 mars 2025</p>"
    "<p>Le centre régional d'investissement a reçu 140 investisseurs venus de 9 pays. L'efficacité des affaires, "
    "dit-il, dépend d'une offre foncière suffisante : 120 hectares seront équipés avant le 31/12/2025, pour un coût "
    "de 50 000 000 DH (soit 10,5 % du budget).</p>"
    "<h2>Quels sont les taux ?</h2>"
    "<p>La prime territoriale atteint 15 % dans les provinces de catégorie B et 10 % dans celles de catégorie A. Le "
    "total des primes ne peut pas dépasser 30 % de l'investissement primable, en application de la loi-cadre n° "
    "03-22 et du décret n° 2-23-1.</p>"
    "<ul><li>déposer le dossier sur la plateforme CRI-Invest ;</li><li>payer 1 500,50 DH par dossier [non "
    "remboursables] ;</li><li>attendre la réponse sous trente jours (article 12 de la loi 47-18).</li></ul>"
    "<ol><li>première étape de la demande ;</li><li>seconde étape.</li></ol>"
    "<table><tr><td>Province</td><td>Catégorie</td><td>Taux de la prime</td></tr><tr><td>Safi</td><td>A</td><td>10 "
    "%</td></tr><tr><td>Rehamna</td><td>B</td><td>15 %</td></tr></table>"
    "<p>Contact : contact@example.org, tél. 05 24 00 00 00, https://www.example.org/charte.</p>"
)


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)  # noqa: S603


def page(font: str, align: str = "start", times: int = 1) -> str:
    body = "".join(f"<{kind}>{escape(text)}</{kind}>" for kind, text in BLOCKS)
    body = body.replace("<li>", "<ul><li>", 1).replace("</li><p>", "</li></ul><p>", 1)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    style = STYLE.format(font=font, align=align, header=HEADER)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>x</title><style>{style}</style>'
        f"<body>{body}<table>{rows}</table>{body.replace('h1', 'h2') * (times - 1)}"
    )


def french_page(font: str, text: str, body: str) -> str:
    return f"<!doctype html><html lang=fr><meta charset=utf-8>{FRENCH_STYLE.format(font=font, text=text)}<body>{body}"


def by_chromium(name: str, html: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        run(
            "chromium",
            *CHROMIUM_OPTIONS.split(),
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={FOLDER / name}",
            source.as_uri(),
        )


def by_libreoffice(name: str, font: str) -> None:
    """A Word document printed by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        word_document(Path(folder) / "page.docx", font)
        office = ("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless")
        run(*office, "--convert-to", "pdf", "--outdir", folder, f"{folder}/page.docx")
        shutil.copy(f"{folder}/page.pdf", FOLDER / name)


def word_document(target: Path, font: str) -> None:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin, section.right_margin = (
        Cm(14.8),
        Cm(21),
        Cm(1.6),
        Cm(1.6),
    )
    for kind, text in BLOCKS:
        paragraph = document.add_paragraph(text, style="List Bullet" if kind == "li" else None)
        size = {"h1": 20, "h2": 15}.get(kind, 11)
        _from_right(paragraph, font, Pt(size))
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table._tbl.tblPr.append(table._tbl.makeelement(qn("w:bidiVisual")))
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].text = text
            _from_right(cell.paragraphs[0], font, Pt(11))
    document.save(str(target))


def _from_right(paragraph: Any, font: str, size: Any) -> None:
    """Arabic as Word states it: the paragraph and each run from the right, the font once more for complex scripts."""
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    properties.append(properties.makeelement(qn("w:bidi")))
    for run_ in paragraph.runs:
        run_.font.name = font
        run_.font.size = size
        own = run_._r.get_or_add_rPr()
        own.rFonts.set(qn("w:cs"), font)
        own.append(own.makeelement(qn("w:szCs"), {qn("w:val"): str(int(size.pt * 2))}))
        own.append(own.makeelement(qn("w:rtl")))


def by_weasyprint(name: str, html: str) -> None:
    from weasyprint import HTML  # type: ignore[import-not-found]

    HTML(string=html).write_pdf(FOLDER / name)


def by_pango(name: str, font: str) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as source:
        source.write("\n".join(text for _, text in BLOCKS))
        source.flush()
        run(
            "pango-view",
            "--no-display",
            f"--output={FOLDER / name}",
            f"--font={font} 12",
            "--width=380",
            "--rtl",
            source.name,
        )


def by_typst(name: str, font: str) -> None:
    import typst  # type: ignore[import-not-found]

    marks = {"h1": "= ", "h2": "== ", "p": "", "li": "- "}
    lines = [
        f'#set page("a5", numbering: "1 / 1")\n#set text(font: "{font}", lang: "ar", dir: rtl)\n#set par(justify: true)'
    ]
    for kind, text in BLOCKS:
        lines.append(marks[kind] + "".join(f"\\{sign}" if sign in "\\[]#@$*_<>`" else sign for sign in text))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text("\n\n".join(lines), encoding="utf-8")
        typst.compile(str(source), output=str(FOLDER / name))


def by_reportlab(name: str, *, ordered: bool) -> None:
    """Presentation forms placed by hand, as old programs did; `ordered=False` is a program that knows nothing of Arabic."""
    import arabic_reshaper  # type: ignore[import-not-found]
    from bidi.algorithm import get_display  # type: ignore[import-not-found]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-not-found]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-not-found]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-not-found]

    pdfmetrics.registerFont(TTFont("dejavu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    canvas, y = Canvas(str(FOLDER / name)), 800
    canvas.setFont("dejavu", 11)
    for _, text in BLOCKS:
        for line in wrapped(text.split()):
            canvas.drawRightString(
                560, y, get_display(arabic_reshaper.reshape(line), base_dir="R") if ordered else line
            )
            y -= 18
        y -= 10
    canvas.save()


def wrapped(words: Sequence[str], most: int = 75) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    if shutil.which("chromium"):
        by_chromium("chromium-naskh.pdf", page("Noto Naskh Arabic"))
        by_chromium("chromium-amiri.pdf", page("Amiri"))
        by_chromium("chromium-dejavu-justified-pages.pdf", page("DejaVu Sans", "justify", times=3))
        columns = f"<div style='column-count: 2; column-gap: 1cm'>{FRENCH.replace('h1', 'h2') * 2}</div>"
        by_chromium("columns-french.pdf", french_page("Noto Serif", "", columns))
    if shutil.which("soffice"):
        by_libreoffice("libreoffice-dejavu.pdf", "DejaVu Sans")
        by_libreoffice("libreoffice-naskh.pdf", "Noto Naskh Arabic")
        if shutil.which("gs"):
            run(
                "gs",
                "-q",
                "-sDEVICE=pdfwrite",
                "-o",
                str(FOLDER / "ghostscript-naskh.pdf"),
                str(FOLDER / "libreoffice-naskh.pdf"),
            )
    if shutil.which("pango-view"):
        by_pango("cairo-naskh.pdf", "Noto Naskh Arabic")
    if importlib.util.find_spec("weasyprint"):
        by_weasyprint("weasyprint-amiri.pdf", page("Amiri"))
        by_weasyprint("weasyprint-dejavu-pages.pdf", page("DejaVu Sans", times=2))
        by_weasyprint(
            "hyphens-french.pdf", french_page("DejaVu Serif", "text-align: justify; hyphens: auto", FRENCH * 2)
        )
    if importlib.util.find_spec("typst"):
        by_typst("typst-naskh.pdf", "Noto Naskh Arabic")
    if importlib.util.find_spec("reportlab"):
        by_reportlab("forms-dejavu.pdf", ordered=True)
        by_reportlab("reversed-dejavu.pdf", ordered=False)


if __name__ == "__main__":
    main()
