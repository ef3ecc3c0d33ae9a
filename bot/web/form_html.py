"""The form of the estimate page as HTML: every field with its label, its hint and, where it is wrong, why."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.estimate_numbers import number
from bot.project import DIRHAM, SHARES
from bot.web.estimate_form import ANSWERS, MOST_PLACES, Form
from bot.web.form_texts import FormTexts
from bot.web.text_html import clean, text_html
from corpus import Language
from corpus.rules import Figure, Rules

HOME_REGION = "marrakech-safi"
DETAILS = (
    "women_share", "local_integration", "future_job", "sustainability", "land", "public_land", "strategic_criterion",
    "defence", "turnover", "own_funds", "new_company", "priority_activity", "as_of",
)  # fmt: skip

Choices = Iterable[tuple[str, str]]


def form_html(form: Form, texts: FormTexts, language: Language) -> str:
    """The whole form, with what was written in it."""
    page = texts.page
    fields = _Fields(form, texts, language)
    details = "".join(fields.any(name) for name in DETAILS)
    opened = " open" if any(form.value(name) or name in form.errors for name in DETAILS if name != "as_of") else ""
    return (
        f'<form class="mq-form" id="mq-form" method="get" action="/estimate#mq-result" novalidate>{_errors(form, texts)}'
        f'<input type="hidden" name="lang" value="{language}">'
        f'<fieldset><legend>{escape(page["essentials"])}</legend>'
        f'<div class="mq-pair">{fields.any("amount")}{fields.currency()}</div>{fields.any("jobs")}{fields.sector()}'
        f'{fields.places()}</fieldset>'
        f'<details{opened}><summary>{escape(page["details"])}</summary><div class="mq-more">{details}</div></details>'
        f'<div class="mq-buttons"><button type="submit">{escape(page["submit"])}</button>'
        f'<a href="/estimate?lang={language}">{escape(page["reset"])}</a></div></form>'
    )  # fmt: skip


def field_label(name: str, texts: FormTexts, rules: Rules, language: Language) -> str:
    """The label as plain text; figures of the law in it are those of the rules."""
    return texts.fields[name].label.format(
        strategic=_figure(rules.figures.get("approval.strategic_amount"), language),
        years=_figure(rules.figures.get("small_business.new_company_age"), language),
    )


def _figure(figure: Figure | None, language: Language) -> str:
    return "–" if figure is None else number(figure.value, language)


def _errors(form: Form, texts: FormTexts) -> str:
    if not form.errors:
        return ""
    links = "".join(
        f'<li><a href="#f-{name}">{escape(texts.fields[name].label.split("{")[0])}</a></li>' for name in form.errors
    )
    return f'<div class="mq-errors" role="alert"><p>{escape(texts.page["errors_title"])}</p><ul>{links}</ul></div>'


class _Fields:
    def __init__(self, form: Form, texts: FormTexts, language: Language) -> None:
        self.form, self.texts, self.language = form, texts, language

    def any(self, name: str) -> str:
        """A field for text, or one for yes, no and not known."""
        if name in ANSWERS:
            page = self.texts.page
            return self.select(name, [("yes", page["answer_yes"]), ("no", page["answer_no"])])
        kind = "date" if name == "as_of" else "text"
        mode = "numeric" if name == "jobs" else "decimal" if name in SHARES else ""
        value = escape(clean(self.form.value(name)))
        box = (
            f'<input id="f-{name}" name="{name}" type="{kind}" value="{value}" autocomplete="off"'
            f"{f' inputmode={mode!r}'.replace(chr(39), chr(34)) if mode else ''}{self.notes(name)}>"
        )
        return self.around(name, box)

    def currency(self) -> str:
        codes = [DIRHAM, *self.form.rules.rates]
        return self.select("currency", [(code, code) for code in codes], unknown=False)

    def sector(self) -> str:
        names = sorted((str(one.names[self.language]), one.id) for one in self.form.rules.sectors.values())
        return self.select("sector", [(key, _capital(name)) for name, key in names])

    def places(self) -> str:
        groups = self.place_groups()
        first = self.around("place", self.box("place", groups, 0))
        more = "".join(self.box("place", groups, position) for position in range(1, MOST_PLACES))
        field = self.texts.fields["compare"]
        return (
            f'{first}<fieldset class="mq-compare"><legend>{escape(field.label)} '
            f'<small>{escape(field.hint)}</small></legend>{more}</fieldset>'
        )  # fmt: skip

    def place_groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The places by region, the home region first."""
        rules = self.form.rules
        order = sorted(rules.regions.values(), key=lambda one: (one.id != HOME_REGION, one.names[self.language]))
        return [
            (
                region.names[self.language],
                sorted(
                    ((one.id, one.names[self.language]) for one in rules.territories.values() if one.region == region),
                    key=lambda pair: pair[1],
                ),
            )
            for region in order
        ]

    def select(self, name: str, choices: Choices, *, unknown: bool = True) -> str:
        return self.around(name, self.box(name, [("", list(choices))], 0, unknown=unknown))

    def box(
        self, name: str, groups: list[tuple[str, list[tuple[str, str]]]], position: int, *, unknown: bool = True
    ) -> str:
        chosen = self.form.value(name, position)
        known = {key for _, choices in groups for key, _ in choices}
        empty = f'<option value="">{escape(self.texts.page["unknown"] if position == 0 else "–")}</option>'
        lost = chosen and chosen not in known
        kept = f'<option value="{escape(clean(chosen))}" selected>{escape(clean(chosen))}</option>' if lost else ""
        options = (empty if unknown else "") + kept + "".join(_group(label, some, chosen) for label, some in groups)
        label = f' aria-label="{escape(self.texts.fields["compare"].label)} {position}"' if position else ""
        identity = f"f-{name}" if position == 0 else f"f-{name}-{position}"
        return f'<select id="{identity}" name="{name}"{label}{self.notes(name)}>{options}</select>'

    def notes(self, name: str) -> str:
        """What tells a screen reader of the hint and the error."""
        told = [f"e-{name}"] if name in self.form.errors else []
        told += [f"h-{name}"] if self.texts.fields[name].hint and not told else []
        described = f' aria-describedby="{" ".join(told)}"' if told else ""
        return described + (' aria-invalid="true"' if name in self.form.errors else "")

    def around(self, name: str, box: str) -> str:
        hint = self.texts.fields[name].hint
        wrong = self.form.errors.get(name)
        error = f'<p class="mq-wrong" id="e-{name}">{text_html(self.texts.errors[wrong])}</p>' if wrong else ""
        below = f'<p class="mq-hint" id="h-{name}">{text_html(hint)}</p>' if hint and not wrong else ""
        label = text_html(field_label(name, self.texts, self.form.rules, self.language))
        return f'<div class="mq-field"><label for="f-{name}">{label}</label>{box}{error}{below}</div>'


def _group(label: str, choices: list[tuple[str, str]], chosen: str) -> str:
    options = "".join(
        f'<option value="{key}"{" selected" if key == chosen else ""}>{escape(name)}</option>' for key, name in choices
    )
    return f'<optgroup label="{escape(label)}">{options}</optgroup>' if label else options


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
