"""The Gradio theme behind the page: system fonts and the page's own colours, so that nothing is fetched."""

from __future__ import annotations

from typing import Any

import gradio as gr

FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "Noto Sans Arabic",
    "Geeza Pro",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)


def build_theme() -> Any:  # gradio has no types we check against
    """A plain theme; the look itself is `static/page.css`, whose variables follow light and dark."""
    return gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "monospace")).set(
        body_background_fill="var(--mq-paper)",
        body_background_fill_dark="var(--mq-paper)",
        body_text_color="var(--mq-ink)",
        body_text_color_dark="var(--mq-ink)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        input_background_fill="transparent",
        input_background_fill_dark="transparent",
        input_border_width="0px",
        input_border_width_dark="0px",
        input_shadow_focus="none",
        input_shadow_focus_dark="none",
    )
