"""Each component in each of its states, and what it leaves out when it is told nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from mafaka.common.forms import Form
from mafaka.ui.text import NO_BREAK

Draw = Callable[..., str]
EVIL = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
AT = datetime(2026, 10, 12, 17, 25, tzinfo=UTC)


def thing(**known: Any) -> SimpleNamespace:
    return SimpleNamespace(**known)


# --- Buttons and tags


@pytest.mark.parametrize(
    ("given", "classes"),
    [
        ("", "button"),
        ('kind="quiet"', "button quiet"),
        ('kind="danger"', "button danger"),
        ('size="small"', "button small"),
        ('kind="quiet" size="small"', "button quiet small"),
    ],
)
def test_a_button_and_a_link_that_looks_like_one_have_the_same_looks(
    draw: Draw, given: str, classes: str
) -> None:
    assert (
        draw(f"<c-button {given}>Garder</c-button>")
        == f'<button class="{classes}" type="submit">Garder</button>'
    )
    assert (
        draw(f'<c-button {given} href="/la/">Voir</c-button>') == f'<a class="{classes}" href="/la/">Voir</a>'
    )


def test_a_button_says_what_it_sends_and_for_which_form(draw: Draw) -> None:
    html = draw(
        '<c-button name="state" value="done" form="bed" type="button" :disabled="True">Fait</c-button>'
    )
    for part in ('name="state" value="done"', 'form="bed"', 'type="button"', " disabled"):
        assert part in html
    plain = draw("<c-button>Fait</c-button>")
    assert not re.search(r"name=|form=|disabled", plain)


def test_a_picture_stands_before_the_words_and_is_not_read_out(draw: Draw) -> None:
    html = draw('<c-button icon="show">Montrer</c-button>')
    assert html.index('aria-hidden="true"') < html.index("Montrer")


@pytest.mark.parametrize("kind", ["", "ok", "warn", "danger", "info", "accent"])
def test_a_tag_is_plain_or_of_a_kind(draw: Draw, kind: str) -> None:
    expected = f"tag {kind}" if kind else "tag"
    assert draw('<c-tag :kind="kind">Ouvert</c-tag>', kind=kind) == f'<span class="{expected}">Ouvert</span>'


# --- Papers


def test_a_card_with_a_title_is_a_section_that_bears_its_name(draw: Draw) -> None:
    html = draw('<c-card title="Lits libres">Dix.</c-card>')
    assert '<section class="card" aria-labelledby="lits-libres">' in html
    assert '<h2 id="lits-libres">Lits libres</h2>' in html


def test_a_card_takes_an_address_a_level_and_an_act_beside_its_heading(draw: Draw) -> None:
    html = draw(
        '<c-card title="Lits" id="beds" level="3" :flush="True"><c-slot name="action"><a href="/">Tout</a></c-slot>'
        "Dix.</c-card>"
    )
    assert 'aria-labelledby="beds"' in html
    assert '<h3 id="beds">Lits</h3>' in html
    assert 'class="card flush"' in html
    assert html.index("</h3>") < html.index('<a href="/">Tout</a>') < html.index("</header>")


def test_a_card_without_a_title_is_no_section(draw: Draw) -> None:
    html = draw("<c-card>Dix.</c-card>")
    assert html == '<div class="card">Dix.</div>'


@pytest.mark.parametrize("kind", ["", "danger", "ok", "info"])
def test_a_notice_with_a_title_is_an_aside_of_that_name(draw: Draw, kind: str) -> None:
    html = draw('<c-notice title="Attention" :kind="kind">Fermé.</c-notice>', kind=kind)
    css = f"notice {kind}".strip()
    assert html == f'<aside class="{css}" aria-label="Attention"><strong>Attention</strong>Fermé.</aside>'
    assert draw('<c-notice :kind="kind">Fermé.</c-notice>', kind=kind) == f'<p class="{css}">Fermé.</p>'


def test_an_empty_room_says_what_it_is_for_and_what_to_do(draw: Draw) -> None:
    html = draw(
        '<c-empty title="Aucun lit" level="3">Ajoutez-en.<c-slot name="action"><a href="/n/">Ajouter</a></c-slot>'
        "</c-empty>"
    )
    assert "<h3>Aucun lit</h3>" in html
    assert "<p>Ajoutez-en.</p>" in html
    assert '<a href="/n/">Ajouter</a>' in html
    assert "<h2" not in draw("<c-empty>Rien.</c-empty>")


# --- Lists


def test_beds_say_their_state_in_words_and_lead_on_only_where_one_may(draw: Draw) -> None:
    beds = [
        thing(label="F-01", state="occupied", url="/lits/1/"),
        thing(label="F-02", state="free", url=""),
        thing(label="F-03", state="out", url=""),
    ]
    html = draw('<c-beds :beds="beds" />', beds=beds)
    assert re.findall(r'data-state="(\w+)"', html) == ["occupied", "free", "out"]
    assert re.findall(r"<small>(.*?)</small>", html) == ["occupé", "libre", "hors service"]
    assert html.count("<a ") == html.count("</a>") == 1
    assert '<a href="/lits/1/"><span class="num">F-01</span>' in html


def test_things_to_do_show_when_they_are_due_only_if_they_are(draw: Draw) -> None:
    tasks = [
        thing(label="Appeler", url="/a/", due="En retard", kind="danger", detail="2e tentative"),
        thing(label="Revoir", url="/r/", due="", kind="", detail=""),
    ]
    late, later = draw('<c-todo :tasks="tasks" />', tasks=tasks).split("</li><li>")
    assert '<span class="tag danger">En retard</span>' in late
    assert "<small>2e tentative</small>" in late
    assert "tag" not in later
    assert "small" not in later


def test_a_journal_tells_each_moment_for_machines_and_for_people(draw: Draw) -> None:
    entries = [
        thing(at=AT, sentence="Admise.", detail="Séjour", url="/s/"),
        thing(at=AT, sentence="Vue.", detail="", url=""),
    ]
    html = draw('<c-timeline :entries="entries" />', entries=entries)
    assert f'<time datetime="2026-10-12T18:25:00+01:00">12{NO_BREAK}oct., 18:25</time>' in html
    assert '<p><a href="/s/">Admise.</a></p><p>Séjour</p>' in html
    assert "<p>Vue.</p></div>" in html


def test_a_figure_says_whom_it_counts_and_opens_its_list_only_if_there_is_one(draw: Draw) -> None:
    items = [
        thing(value=22, label="Enfants", base="présents", url="/liste/"),
        thing(value=0, label="Adultes", base="", url=""),
    ]
    html = draw('<c-kpis :items="items" />', items=items)
    assert '<dt>Enfants</dt><dd><a href="/liste/">22</a><small>présents</small></dd>' in html
    assert "<dt>Adultes</dt><dd>0</dd>" in html


def test_a_summary_names_each_value_and_its_row_can_be_corrected(draw: Draw) -> None:
    html = draw(
        '<c-summary :rows="rows" :wide="True"><c-row label="Lit" change="/lit/">F-07</c-row>'
        '<c-row label="Sexe">F</c-row></c-summary>',
        rows=[("Âge", "14 ans")],
    )
    assert html.startswith('<dl class="summary wide"><div><dt>Âge</dt><dd>14 ans</dd></div>')
    assert '<a href="/lit/">Modifier<span class="visually-hidden"> Lit</span></a>' in html
    assert html.count("Modifier") == 1


@pytest.mark.parametrize(("state", "told"), [("yes", False), ("no", True), ("unknown", False)])
def test_a_comparison_says_in_words_only_where_two_records_differ(draw: Draw, state: str, told: bool) -> None:
    html = draw(
        '<c-compare first="Ligne 2" second="Ligne 3" :rows="rows" />', rows=[("Âge", "9 ans", "", state)]
    )
    assert f'data-same="{state}"' in html
    assert ("diffère" in html) == told
    assert '<td data-label="Ligne 2">9 ans</td><td data-label="Ligne 3">—</td>' in html


def test_a_table_folds_on_a_phone_or_scrolls_where_it_can_be_reached_by_keyboard(draw: Draw) -> None:
    folding = draw('<c-table caption="Lits" kind="tight"><tbody></tbody></c-table>')
    assert folding.startswith('<table class="fold tight"><caption class="visually-hidden">Lits</caption>')
    scrolling = draw('<c-table caption="Lits" :fold="False"><tbody></tbody></c-table>')
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Lits">' in scrolling
    assert "<caption" not in draw("<c-table><tbody></tbody></c-table>")


# --- Ways through


def test_the_way_back_up_ends_where_one_is(draw: Draw) -> None:
    html = draw('<c-crumbs :crumbs="crumbs" />', crumbs=[("Dossiers", "/dossiers/"), ("ZIN-2026-0001", "")])
    assert '<li><a href="/dossiers/">Dossiers</a></li><li>ZIN-2026-0001</li>' in html
    assert draw('<c-crumbs :crumbs="crumbs" />', crumbs=[]) == ""


def test_only_the_room_one_is_in_is_the_present_one(draw: Draw) -> None:
    html = draw(
        '<c-tabs label="Dossier" :tabs="tabs" />',
        tabs=[("Plan", "/plan/", False), ("Séjour", "/sejour/", True)],
    )
    assert html.count("aria-current") == 1
    assert '<a href="/sejour/" aria-current="page">Séjour</a>' in html
    assert 'aria-label="Dossier"' in html


@pytest.mark.parametrize(("number", "before", "after"), [(1, False, True), (5, True, True), (9, True, False)])
def test_pages_lead_on_only_where_there_are_more(draw: Draw, number: int, before: bool, after: bool) -> None:
    page = Paginator(range(90), 10).page(number)
    html = draw('<c-pagination :page="page" :query="query" />', page=page, query=QueryDict("voir=tout"))
    assert ('rel="prev"' in html, 'rel="next"' in html) == (before, after)
    assert html.count(f'page={number}" aria-current="page"') == 1
    assert html.count("voir=tout") == html.count("<a ")


def test_filters_are_a_search_that_can_be_put_back(draw: Draw) -> None:
    class Filters(Form):
        village = forms.CharField(label="Village", required=False)
        page = forms.CharField(widget=forms.HiddenInput, required=False)

    html = draw('<c-filters :form="form" reset="/tout/" />', form=Filters({"village": "Tsaouni"}))
    assert 'method="get" role="search" aria-label="Filtres"' in html
    assert html.count('name="page"') == html.count('name="village"') == 1
    assert 'value="Tsaouni"' in html
    assert '<a href="/tout/">Tout afficher</a>' in html
    assert "csrfmiddlewaretoken" not in html
    assert "Tout afficher" not in draw('<c-filters :form="form" />', form=Filters())


def test_how_far_something_is_is_said_in_words_too(draw: Draw) -> None:
    html = draw('<c-progress value="3" max="8" label="Import">3 lignes sur 8</c-progress>')
    assert '<progress value="3" max="8" aria-label="Import"></progress>' in html
    assert '<p role="status">3 lignes sur 8</p>' in html


def test_the_button_that_prints_waits_for_the_script_that_can(draw: Draw) -> None:
    assert re.search(r"data-print hidden>.*Imprimer</button>", draw("<c-print />"))
    assert "Imprimer la fiche</button>" in draw("<c-print>Imprimer la fiche</c-print>")


# --- Hostile input


@pytest.mark.parametrize(
    "source",
    [
        '<c-beds :beds="things" />',
        '<c-todo :tasks="things" />',
        '<c-timeline :entries="things" />',
        '<c-kpis :items="things" />',
        '<c-summary :rows="pairs"><c-row :label="evil" :change="evil">{{ evil }}</c-row></c-summary>',
        '<c-crumbs :crumbs="pairs" />',
        '<c-tabs :label="evil" :tabs="triples" />',
        '<c-arcade :label="evil" :path="path" />',
        '<c-table :caption="evil" :kind="evil">{{ evil }}</c-table>',
        '<c-empty :title="evil">{{ evil }}</c-empty>',
        '<c-fieldset :legend="evil" :hint="evil">{{ evil }}</c-fieldset>',
        '<c-post :url="evil" :name="evil" :value="evil">{{ evil }}</c-post>',
        '<c-print :size="evil">{{ evil }}</c-print>',
        '<c-button :name="evil" :value="evil" :form="evil" :icon="evil">{{ evil }}</c-button>',
        '<c-filters :form="form" :reset="evil" :label="evil" :submit="evil" />',
        '<c-form :form="form" :action="evil" :cancel="evil" :submit="evil" :id="evil" />',
    ],
)
def test_what_people_wrote_is_text_in_every_component(draw: Draw, source: str) -> None:
    class Hostile(Form):
        name = forms.CharField(label=EVIL, help_text="", initial=EVIL)
        kind = forms.ChoiceField(label="Genre", choices=[(EVIL, EVIL)])

    form = Hostile({"name": EVIL, "kind": "x"})
    form.add_error(None, EVIL)
    each = thing(
        label=EVIL,
        state=EVIL,
        url=EVIL,
        due=EVIL,
        kind=EVIL,
        detail=EVIL,
        at=AT,
        sentence=EVIL,
        value=EVIL,
        base=EVIL,
    )
    html = draw(
        source, evil=EVIL, things=[each], pairs=[(EVIL, EVIL)], triples=[(EVIL, EVIL, True)],
        path=[(EVIL, "current"), (EVIL, "done")], form=form,
    )  # fmt: skip
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"<[^>]*\sonerror=[^>]*>", re.sub(r'"[^"]*"', '""', html))
