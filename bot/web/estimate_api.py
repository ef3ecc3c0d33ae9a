"""`POST /api/estimate`: what a project may get, for programs; the numbers of `bot.incentives` as JSON."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue, PlainSerializer, StrictBool

from bot.estimate_text import describe
from bot.incentives import (
    Cap,
    ConfirmCode,
    Eligible,
    Estimate,
    Fact,
    Line,
    NeedCode,
    Premium,
    Project,
    ProjectError,
    Range,
    ReasonCode,
    Scheme,
    Status,
    estimate,
    read_project,
)
from bot.web.page_html import page_language
from bot.web.problems import FieldProblem, problem_docs, problem_response
from bot.web.project_fields import Count, Day, Investment, Money, PlaceId, SectorId, Share
from corpus import Confidence, Language
from corpus.parameters import load_parameters
from corpus.rules import Basis, Body

_STEP = Decimal("0.000001")
_PROJECT = [field.name for field in fields(Project)]
EXAMPLE: dict[str, JsonValue] = {
    "amount": "80000000", "jobs": 120, "place": "essaouira", "sector": "tourism", "women_share": "0.35", "language": "en",
}  # fmt: skip


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end, to the sixth place."""
    return f"{value.quantize(_STEP).normalize():f}"


Number = Annotated[Decimal, PlainSerializer(plain, return_type=str)]


class ProjectFacts(BaseModel):
    """What is known of a project; what is left out is unknown. Decimals as numbers or strings."""

    model_config = ConfigDict(extra="forbid")

    amount: Investment = Field(None, description="Total investment in dirhams, without tax.", examples=["80000000"])
    jobs: Count = Field(None, description="Stable jobs created.", examples=[120])
    place: PlaceId = Field(None, description="Id of a province or prefecture.", examples=["essaouira", "safi"])
    sector: SectorId = Field(None, description="Id of a sector.", examples=["tourism", "industry"])
    women_share: Share = Field(None, description="Women's share of the payroll, 0 to 1.", examples=["0.35"])
    local_integration: Share = Field(None, description="Local integration rate, 0 to 1.", examples=["0.4"])
    future_job: StrictBool | None = Field(
        None, description="On the official list of jobs of the future.", examples=[False]
    )
    sustainability: StrictBool | None = Field(None, description="Meets the sustainability criteria.", examples=[True])
    land: Money = Field(None, description="Cost of land within the amount, in dirhams.", examples=["9000000"])
    defence: StrictBool | None = Field(None, description="An activity of the defence industry.", examples=[False])
    turnover: Money = Field(None, description="The company's turnover in dirhams, without tax.", examples=["5000000"])
    new_company: StrictBool | None = Field(None, description="A company under three years of age.", examples=[True])
    own_funds: Share = Field(None, description="Share of own funds, 0 to 1.", examples=["0.2"])
    public_land: StrictBool | None = Field(None, description="The land belongs to the State.", examples=[False])
    priority_activity: StrictBool | None = Field(
        None, description="On the list of priority activities of the small-business scheme.", examples=[True]
    )
    strategic_criterion: StrictBool | None = Field(
        None, description="From 2 billion dirhams on: meets a criterion of strategic projects.", examples=[False]
    )

    def project(self) -> Project:
        """The project.

        Raises:
            ProjectError: a value that no project can have.
        """
        return read_project({name: getattr(self, name) for name in _PROJECT})


class EstimateRequest(ProjectFacts):
    """A project, the day whose rules apply and the language of the text."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": EXAMPLE})

    as_of: Day = Field(None, description="The rules of this day; today if left out.", examples=["2026-11-01"])
    language: Language | None = Field(None, description="Language of the text; from `Accept-Language` if left out.")


class Span(BaseModel):
    """The lowest and the highest possible value; equal where nothing is unknown."""

    low: Number
    high: Number


class StatedIn(BaseModel):
    """A source."""

    title: str = Field(description="What it is called.")
    url: str = Field(description="Where it stands; may be empty for an editorial value.")
    article: str = Field(description="Which part of it; may be empty.")


class Grounds(BaseModel):
    """What a rule rests on."""

    confidence: Confidence = Field(description="`official`, `press` or `to-confirm`: as firm as the weakest part.")
    sources: list[StatedIn] = Field(description="Where it is stated.")
    sections: list[str] = Field(description="Ids of the sections of the documents that state it.")


class Taken(BaseModel):
    """What a premium takes."""

    code: NeedCode = Field(description="Which condition.")
    numbers: dict[str, Number] = Field(description="`needed`, `given`, `by` (how far apart), `rate`, `jobs_missing` …")


class PremiumLine(BaseModel):
    """One premium."""

    id: Premium = Field(description="Which premium.")
    status: Status = Field(description="Whether its condition is met.")
    rate: Span = Field(description="Share of the base, 0 to 1.")
    amount: Span | None = Field(description="In dirhams; null where the investment is unknown.")
    need: Taken = Field(description="What it takes.")
    missing: list[Fact] = Field(description="The facts that decide it.")
    basis: Grounds


class Reasons(BaseModel):
    """One condition of a scheme and how the project stands to it."""

    code: ReasonCode
    scheme: Scheme
    numbers: dict[str, Number] = Field(description="`needed`, `limit`, `given`, `by`, `jobs`.")
    basis: Grounds


class Limits(BaseModel):
    """The cap on the sum of the premiums."""

    rate: Number = Field(description="Highest share of the base, 0 to 1.")
    ceiling: Number | None = Field(description="A ceiling in dirhams, for producers of renewable energy.")
    applied: Eligible = Field(description="Whether it cuts anything off.")
    cut_rate: Span
    cut_amount: Span | None
    basis: Grounds


class SchemeEstimate(BaseModel):
    """The estimate under one scheme."""

    scheme: Scheme = Field(description="`main`, `small-business`, `strategic` (negotiated, no total) or `none`.")
    eligible: Eligible = Field(description="Whether the project enters it.")
    reasons: list[Reasons] = Field(description="Why, condition by condition.")
    base: Span | None = Field(description="The eligible amount that the rates apply to, in dirhams.")
    lines: list[PremiumLine]
    cap: Limits | None
    if_eligible_rate: Span | None = Field(description="The capped sum, supposing that the project enters the scheme.")
    if_eligible_amount: Span | None
    total_rate: Span | None = Field(description="The same, allowing for not entering it and for the alternatives.")
    total_amount: Span | None = Field(description="In dirhams, after a ceiling.")
    to_confirm: list[ConfirmCode] = Field(description="What is to be confirmed with the CRI.")
    unknown: list[Fact] = Field(description="Missing facts; that which would change the total most comes first.")
    approval: Body | None = Field(description="Who approves the agreement: `CRUI` (regional) or `CNI` (national).")


class Centre(BaseModel):
    """The Regional Investment Centre (CRI) where the project is filed."""

    name: str
    url: str
    region: str = Field(description="Its region, in the language of the text.")


class Said(BaseModel):
    """One statement of the text."""

    kind: str = Field(description="What it is about.")
    text: str
    sections: list[str] = Field(description="Ids of the sections of the documents that it rests on.")
    listed: bool = Field(description="Part of a list.")


class EstimateReply(SchemeEstimate):
    """What the project may get. The investment agreement decides; this informs."""

    as_of: date = Field(description="The day whose rules were applied.")
    language: Language = Field(description="Language of the text.")
    cri: Centre | None = Field(description="Whom to ask; null while the place is unknown.")
    basis: Grounds = Field(description="Everything the estimate rests on.")
    alternatives: list[SchemeEstimate] = Field(description="Other schemes that the known facts do not rule out.")
    statements: list[Said] = Field(description="The estimate in words, statement by statement.")
    text: str = Field(description="The statements as plain text, a line each.")


def add_estimate_api(app: FastAPI) -> None:
    """Adds the route."""

    @app.post("/api/estimate", response_model=EstimateReply, tags=["estimate"], responses=problem_docs(400, 413))
    def estimate_project(asked: EstimateRequest, request: Request) -> Any:  # a reply or a problem
        """Estimates the premiums of a project under the rules of a day."""
        language = asked.language or page_language(None, request.headers.get("accept-language", "en"))
        try:
            return estimate_reply(asked.project(), asked.as_of or date.today(), language)
        except ProjectError as error:
            wrong = FieldProblem(field=f"body.{error.field}", message=repair_of(error))
            return problem_response(422, "The project is not valid; `errors` names what to change.", errors=[wrong])


def repair_of(error: ProjectError) -> str:
    """How to mend a project; repeats nothing of what was sent."""
    return f"Use one of: {', '.join(load_parameters().territories)}" if error.field == "place" else error.repair


def estimate_reply(project: Project, day: date, language: Language) -> EstimateReply:
    """The estimate as the API gives it.

    Raises:
        ProjectError: the place or the sector is unknown.
    """
    made = estimate(project, load_parameters().on(day))
    said = describe(project, made, language)
    region = made.region
    return EstimateReply(
        **_scheme(made),
        as_of=made.day,
        language=language,
        cri=None if region is None else Centre(name=region.cri, url=region.cri_url, region=region.names[language]),
        basis=_grounds(made.basis),
        alternatives=[SchemeEstimate(**_scheme(other)) for other in made.alternatives],
        statements=[
            Said(kind=str(one.kind), text=one.text, sections=list(one.sections), listed=one.listed) for one in said
        ],
        text="\n".join(f"- {one.text}" if one.listed else one.text for one in said),
    )


def _scheme(made: Estimate) -> dict[str, Any]:
    return {
        "scheme": made.scheme, "eligible": made.eligible,
        "reasons": [
            Reasons(code=one.code, scheme=one.scheme, numbers=dict(one.numbers), basis=_grounds(one.basis))
            for one in made.reasons
        ],
        "base": _span(made.base), "lines": [_line(line) for line in made.lines],
        "cap": None if made.cap is None else _limits(made.cap),
        "if_eligible_rate": _span(made.if_eligible_rate), "if_eligible_amount": _span(made.if_eligible_amount),
        "total_rate": _span(made.total_rate), "total_amount": _span(made.total_amount),
        "to_confirm": list(made.to_confirm), "unknown": list(made.unknown), "approval": made.approval,
    }  # fmt: skip


def _line(line: Line) -> PremiumLine:
    return PremiumLine(
        id=line.id,
        status=line.status,
        rate=Span(low=line.rate[0], high=line.rate[1]),
        amount=_span(line.amount),
        need=Taken(code=line.need.code, numbers=dict(line.need.numbers)),
        missing=list(line.missing),
        basis=_grounds(line.basis),
    )


def _limits(cap: Cap) -> Limits:
    return Limits(
        rate=cap.rate, ceiling=cap.ceiling, applied=cap.applied, cut_rate=Span(low=cap.cut_rate[0], high=cap.cut_rate[1]),
        cut_amount=_span(cap.cut_amount), basis=_grounds(cap.basis),
    )  # fmt: skip


def _span(values: Range | None) -> Span | None:
    return None if values is None else Span(low=values[0], high=values[1])


def _grounds(basis: Basis) -> Grounds:
    sources = [StatedIn(title=one.title, url=one.url, article=one.article) for one in basis.sources]
    return Grounds(confidence=basis.confidence, sources=sources, sections=list(basis.sections))
