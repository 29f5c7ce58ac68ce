"""Building a report: what stops it, choices, proofs, frozen editions, and what everybody may read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.documents.publish import MEDIA, Format
from fanal.errors import NotFound
from fanal.reports import queries, services
from fanal.reports.forms import ChoiceForm, LanguagesForm, ProofForm
from fanal.reports.queries import Edition, Progress
from fanal.reports.rules import Stop
from fanal.reports.views.common import act, law
from fanal.reports.views.reports import kind_of
from fanal.statistics import queries as statistics
from fanal.web.acts import posted, require_form
from fanal.web.downloads import attached
from fanal.web.forms import Form, respond

WORDS = {
    Stop.OPEN: gettext_lazy("the contribution is not finished"),
    Stop.UNSIGNED: gettext_lazy("the contribution is not signed"),
    Stop.FIGURE_MISSING: gettext_lazy("there is no such figure"),
    Stop.FIGURE_SUPERSEDED: gettext_lazy(
        "the figure was corrected since it was put in: look at it and choose"
    ),
    Stop.FIGURE_CONTRADICTED: gettext_lazy("other figures say something else: choose one"),
    Stop.FIGURE_UNPROTECTED: gettext_lazy("the figure is not protected"),
    Stop.REFERENCE_LOST: gettext_lazy("the reference leads nowhere"),
}
TO_CHOOSE = {Stop.FIGURE_SUPERSEDED, Stop.FIGURE_CONTRADICTED}


@require_safe
@requires(Permission.REPORT_EDIT)
def building(request: MemberRequest, reference: str) -> HttpResponse:
    """Everything that stops the report, each with its place; proofs; and freezing it when nothing does."""
    row = queries.edited(reference, request.member)
    found = queries.obstacles(row, request.member, timezone.localdate())
    on, language = law(), request.LANGUAGE_CODE
    lines = [(each, WORDS[each.stop], each.stop in TO_CHOOSE) for each in found]
    chosen = [
        (statistics.title(matter, on, language), choice) for matter, choice in queries.choices(row).items()
    ]
    context = {
        "row": row,
        "obstacles": lines,
        "chosen": chosen,
        "proof_form": ProofForm(initial_language=language),
        "languages_form": LanguagesForm(),
    }
    return render(request, "reports/build.html", context)


@require_POST
@requires(Permission.REPORT_EDIT)
def proof(request: MemberRequest, reference: str) -> HttpResponse:
    """The report as it stands, as a file that is kept nowhere."""
    found = services.proof(
        by=request.member, reference=reference, language=request.POST.get("language", ""),
        format=request.POST.get("format", ""), at=timezone.now(),
    )  # fmt: skip
    return attached(found.name, found.media, found.content)


@require_form
@requires(Permission.REPORT_EDIT)
def freeze(request: MemberRequest, reference: str) -> HttpResponse:
    """Freeze the report in the languages that are chosen."""
    row = queries.edited(reference, request.member)
    form = LanguagesForm(posted(request))
    back = reverse("reports:build", args=[reference])
    if form.is_bound and form.is_valid():
        try:
            made = services.freeze(
                by=request.member,
                reference=reference,
                languages=form.cleaned_data["languages"],
                at=timezone.now(),
            )
        except services.Stopped as stopped:
            messages.error(request, str(stopped.message))
            return redirect(back)
        return redirect("reports:edition", reference, made.number)
    return respond(
        request, "reports/act.html", form, reference=row.reference, heading=_("Freeze this report"), cancel_url=back,
        lead=_("From then on nothing of it changes. Its files are made in PDF, DOCX, ODT and HTML."), draft=False,
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_EDIT)
def choose(request: MemberRequest, reference: str, code: str) -> HttpResponse:
    """Choose one of the figures of a matter, with a reason."""
    row = queries.edited(reference, request.member)
    lines = {line.code: line for line in statistics.current([code], request.member).values()}
    if code not in lines:
        raise NotFound
    matter = lines[code].matter
    same = [line for line in statistics.same_matters(request.member, [matter]) if line.protected]
    before = queries.choices(row).get(matter)
    figures = [
        (f"{line.code}:{line.version}", f"{statistics.shown(line)} – {line.definition} ({line.source})")
        for line in same
    ]
    form = ChoiceForm(
        posted(request), figures=figures, chosen=f"{before.code}:{before.version}" if before else ""
    )

    def do() -> object:
        wanted, _colon, version = form.cleaned_data["figure"].rpartition(":")
        return services.choose(
            by=request.member, reference=reference, code=wanted, version=int(version),
            reason=form.cleaned_data["reason"], at=timezone.now(),
        )  # fmt: skip

    return act(
        request, form, do=do, done=_("Chosen. The reason is printed beside the figure."),
        back=reverse("reports:build", args=[reference]), reference=reference, heading=_("Choose a figure"),
        lead=statistics.title(matter, law(), request.LANGUAGE_CODE),
    )  # fmt: skip


# Editions


@require_safe
@requires(Permission.REPORT_READ)
def edition(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """A frozen edition: its files with their digests, and where each figure and paragraph comes from."""
    found = queries.edition(reference, number)
    context = _shown(found) | {
        "edits": queries.edits(found.report, request.member),
        "kind": kind_of(found.report, law(), request.LANGUAGE_CODE),
        "figures": [each for each in found.provenance if each["kind"] == "figure"],
        "parts": _parts(found),
    }
    return render(request, "reports/edition.html", context)


def _parts(found: Edition) -> list[tuple[str, str, int, str]]:
    """(section, unit or nothing, paragraphs, day of the signature) of each text, in the order of the report."""
    counted: dict[tuple[str, str, str], int] = {}
    for each in found.provenance:
        if each["kind"] == "paragraph":
            key = (each["section"], each["unit"], each["signed_on"])
            counted[key] = counted.get(key, 0) + 1
    return [(section, unit, many, signed) for (section, unit, signed), many in counted.items()]


def _shown(found: Edition) -> dict[str, object]:
    language = (get_language() or "en")[:2]
    titles = found.source["titles"]
    total = len(found.languages) * len(Format)
    return {
        "edition": found,
        "row": found.report,
        "title": titles.get(language) or titles["en"],
        "subtitle": found.source["subtitles"].get(language, ""),
        "files": list(found.files.all()),
        "total": total,
        "ready": found.progress == Progress.READY,
        "failed": found.progress == Progress.FAILED,
    }


@require_safe
@requires(Permission.REPORT_READ)
def progress(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """How many files are made, asked every two seconds by the page; at the end the page is loaded anew."""
    found = queries.edition(reference, number)
    response = render(request, "reports/progress.html", _shown(found))
    if found.progress != Progress.BUILDING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@requires(Permission.REPORT_READ)
def edition_file(
    request: MemberRequest,  # noqa: ARG001
    reference: str,
    number: int,
    language: str,
    kind: str,
) -> HttpResponse:
    """One file of an edition."""
    return _file(queries.edition(reference, number), language, kind)


def _file(found: Edition, language: str, kind: str) -> HttpResponse:
    content = queries.edition_file(found, language, kind)
    name = f"{found.report.reference}-{found.number}-{language}.{kind}"
    return attached(name, MEDIA[Format(kind)], content)


@require_form
@requires(Permission.REPORT_EDIT)
def publish(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Let everybody read an edition."""
    found = queries.edition(reference, number)
    if not queries.edits(found.report, request.member):
        raise NotFound
    return act(
        request, Form(posted(request)),
        do=lambda: services.publish(by=request.member, reference=reference, number=number, at=timezone.now()),
        done=_("Published."), back=reverse("reports:edition", args=[reference, number]), template="web/confirm.html",
        act=_("Publish this edition"), reference=reference,
        consequences=[_("Everybody may read it, without logging in. It is not taken back.")],
    )  # fmt: skip


# What everybody may read


@require_safe
@public("frozen reports that were published")
def published(request: HttpRequest) -> HttpResponse:
    """The published editions, the latest first."""
    language = (get_language() or "en")[:2]
    found = [(each, kind_of(each.report, law(), language)) for each in queries.published()]
    return render(request, "reports/published.html", {"editions": found})


@require_safe
@public("a frozen report that was published")
def public_edition(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One published edition with its files."""
    return render(request, "reports/public.html", _shown(queries.public_edition(reference, number)))


@require_safe
@public("a frozen report that was published")
def public_file(
    request: HttpRequest,  # noqa: ARG001
    reference: str,
    number: int,
    language: str,
    kind: str,
) -> HttpResponse:
    """One file of a published edition."""
    return _file(queries.public_edition(reference, number), language, kind)
