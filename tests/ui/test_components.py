"""The components as HTML: what a template gets for what it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.template import loader
from django.test import RequestFactory
from django.utils import translation

from mafaka.common.forms import DateBoxesField, Form
from mafaka.ui.views import PAGES, gallery
from tests.ui.conftest import UI

COMPONENTS = sorted((UI / "templates" / "cotton").glob("*.html"))
Draw = Callable[..., str]


class Admission(Form):
    arrived_on = DateBoxesField(label="Date d’arrivée", help_text="Par exemple 12 10 2026")
    bed = forms.ChoiceField(
        label="Lit", choices=[("", "Choisir…"), ("f7", "F-07")], help_text="10 lits libres."
    )
    handed = forms.MultipleChoiceField(
        label="À remettre", choices=[("meal", "Repas")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Note", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_says_its_hint_then_its_error_then_its_input(draw: Draw) -> None:
    html = draw('<c-field :field="form.bed" />', form=Admission({}))
    order = [html.index(part) for part in ("<label", "10 lits libres.", 'class="error"', "<select")]
    assert order == sorted(order)


def test_a_field_is_linked_to_its_hint_and_error(draw: Draw) -> None:
    html = draw('<c-field :field="form.bed" />', form=Admission({}))
    assert 'aria-describedby="id_bed_helptext id_bed_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count('id="id_bed_helptext"') == html.count('id="id_bed_error"') == 1


def test_a_good_field_says_nothing_of_errors(draw: Draw) -> None:
    html = draw('<c-field :field="form.bed" />', form=Admission())
    assert "aria-invalid" not in html
    assert "error" not in html


def test_only_what_is_optional_is_marked(draw: Draw) -> None:
    form = Admission()
    assert "(facultatif)" in draw('<c-field :field="form.note" />', form=form)
    assert "(facultatif)" not in draw('<c-field :field="form.bed" />', form=form)


def test_a_date_is_three_labelled_boxes_in_a_fieldset(draw: Draw) -> None:
    html = draw('<c-field :field="form.arrived_on" />', form=Admission({"arrived_on_1": "10"}))
    assert html.count("<fieldset") == html.count("<legend>") == 1
    for number, label in enumerate(("Jour", "Mois", "Année")):
        assert f'<label for="id_arrived_on_{number}">{label}</label>' in html
        assert f'id="id_arrived_on_{number}"' in html
    assert 'value="10"' in html
    assert 'aria-describedby="id_arrived_on_helptext id_arrived_on_error"' in html


def test_choices_are_wrapped_by_their_label(draw: Draw) -> None:
    html = draw('<c-field :field="form.handed" />', form=Admission({"handed": ["meal"]}))
    assert '<label class="choice" for="id_handed_0"><input type="checkbox"' in html
    assert "checked" in html


def test_the_form_renderer_draws_the_same_field(draw: Draw) -> None:
    form = Admission({})
    assert (
        draw("{{ form.bed.as_field_group }}", form=form).strip()
        == draw('<c-field :field="form.bed" />', form=form).strip()
    )


def test_the_summary_links_each_error_to_an_input_that_exists(draw: Draw) -> None:
    html = draw('<c-form :form="form" />', form=Admission({}))
    links = re.findall(r'<li><a href="#([^"]+)"', html)
    assert links == ["id_arrived_on_0", "id_bed"]
    assert all(f'id="{link}"' in html for link in links)
    assert "Il reste deux points à corriger" in html
    assert 'role="alert"' in html


def test_what_concerns_the_whole_form_is_said_without_a_link(draw: Draw) -> None:
    form = Admission({"bed": "f7", "arrived_on_0": "1", "arrived_on_1": "1", "arrived_on_2": "2026"})
    form.add_error(None, "Ce lit vient d’être pris.")
    html = draw('<c-errors :form="form" />', form=form)
    assert '<li class="error">Ce lit vient d’être pris.</li>' in html
    assert "Il reste un point à corriger" in html


def test_a_form_that_is_right_shows_no_summary(draw: Draw) -> None:
    assert "data-errors" not in draw('<c-form :form="form" />', form=Admission())


def test_a_form_carries_its_tokens_once(draw: Draw) -> None:
    html = draw('<c-form :form="form" submit="Admettre" cancel="/lits/" />', form=Admission())
    assert html.count('name="csrfmiddlewaretoken"') == html.count('name="once"') == 1
    assert html.count('name="token"') == 1
    assert "novalidate" in html
    assert '<a href="/lits/">Annuler</a>' in html
    assert ">Admettre</button>" in html


def test_a_form_with_its_own_layout_keeps_its_hidden_fields(draw: Draw) -> None:
    html = draw('<c-form :form="form"><c-field :field="form.bed" /></c-form>', form=Admission())
    assert html.count('name="token"') == 1
    assert 'name="note"' not in html


def test_a_form_that_takes_files_says_so(draw: Draw) -> None:
    class Paper(Form):
        paper = forms.FileField(label="Document")

    assert 'enctype="multipart/form-data"' in draw('<c-form :form="form" />', form=Paper())


def test_one_act_behind_one_button_is_a_post_with_tokens(draw: Draw) -> None:
    html = draw('<c-post url="/fait/" name="state" value="done">Fait</c-post>')
    assert '<form method="post" action="/fait/">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="once"' in html
    assert 'name="state" value="done"' in html


def test_the_arcade_says_where_the_case_is_to_those_who_do_not_see(draw: Draw) -> None:
    html = draw(
        '<c-arcade :path="path" />', path=[("Accueil", "done"), ("Plan", "current"), ("Clôture", "next")]
    )
    assert html.count('aria-current="step"') == 1
    assert ", fait" in html
    assert ", à venir" in html
    assert "Étape 2 sur 3\u00a0: <strong>Plan</strong>" in html


def test_a_masked_name_is_not_in_the_page(draw: Draw) -> None:
    html = draw('<c-masked masked="A•••••" :shown="shown" reveal="/nom/" />', shown=None)
    assert 'aria-label="Nom masqué"' in html
    assert 'href="/nom/"' in html


def test_a_shown_name_has_no_button_to_show_it(draw: Draw) -> None:
    html = draw('<c-masked masked="A•••••" :shown="shown" reveal="/nom/" />', shown="Amina Moussa")
    assert "<strong><bdi>Amina Moussa</bdi></strong>" in html
    assert "/nom/" not in html


def test_pages_keep_the_filters_of_the_list(draw: Draw) -> None:
    from django.core.paginator import Paginator

    query = RequestFactory().get("/?village=Kantché&page=3").GET
    page = Paginator(range(90), 10).page(3)
    html = draw('<c-pagination :page="page" :query="query" />', page=page, query=query)
    assert "?village=Kantch%C3%A9&amp;page=4" in html
    assert html.count('aria-current="page"') == 1
    assert "…" in html


def test_one_page_needs_no_pagination(draw: Draw) -> None:
    from django.core.paginator import Paginator

    assert not draw('<c-pagination :page="page" />', page=Paginator([1], 10).page(1)).strip()


def test_text_given_to_a_component_cannot_become_markup(draw: Draw) -> None:
    evil = '" onfocus="alert(1)"><script>alert(2)</script>'
    html = draw(
        '<c-card :title="evil"><c-tag :kind="evil">{{ evil }}</c-tag><c-button :href="evil">{{ evil }}</c-button>'
        '<c-masked :masked="evil" :shown="evil" /><c-notice :title="evil">{{ evil }}</c-notice>'
        '<c-compare :first="evil" :second="evil" :rows="rows" />'
        '<c-progress :label="evil">{{ evil }}</c-progress></c-card>',
        evil=evil,
        rows=[(evil, evil, evil, evil)],
    )
    assert "<script" not in html
    assert 'onfocus="' not in html


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_components_never_print_their_attributes_unread(component: Any) -> None:
    """Cotton prints `{{ attrs }}` unescaped: a value that begins and ends with a quote would become markup."""
    assert "attrs" not in component.read_text(encoding="utf-8")


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_how_it_is_used(component: Any) -> None:
    assert "{% comment %}" in component.read_text(encoding="utf-8")


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_is_in_the_gallery(component: Any) -> None:
    pages = [UI / "templates" / "ui" / name for name in ("gallery.html", "base.html")]
    parts = {"about_field": "field", "errors": "form"}
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert f"<c-{parts.get(component.stem, component.stem)}" in shown


@pytest.mark.parametrize("example", ["", *PAGES])
def test_the_gallery_needs_no_script_or_style_in_the_page(face: None, example: str) -> None:
    html = gallery(RequestFactory().get("/", {"exemple": example} if example else {})).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", html)
    assert "{%" not in html
    assert "<c-" not in html
    assert "{{" not in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_stands_without_any_context(face: None, code: str) -> None:
    with translation.override("fr"):
        html = loader.get_template(f"{code}.html").render()
    assert html.count("<h1>") == 1
    assert '<a class="button" href="/">' in html
