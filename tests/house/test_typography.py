"""The French is well set, and the tool that says so finds each mistake and mends it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, plant, report
from tools.typography import NBSP, Text, faults, fix, ours

BEFORE = "no no-break space before : ; ! ?"


def names(text: str) -> list[str]:
    return [name for name, *_ in Text(0, text).mistakes()]


def test_the_french_of_the_house_is_well_set() -> None:
    found = [f"{path.relative_to(ROOT)}:{fault}" for path in ours(ROOT) for fault in faults(path)]
    assert not found, f"`make format` mends most of it{report(found)}"


@pytest.mark.parametrize(
    "text",
    [
        f"Qui êtes-vous{NBSP}?",
        f"L’enfant est là{NBSP}: 12 lits.",
        "Écrivez 10:30, ou https://exemple.ne/a?b=c",
        f"«{NBSP}Maïdabo{NBSP}» n’est pas seul\u202f!",
        f"{{name}}{NBSP}: %(count)s lits…",
        "ZIN-2026-0147",
        f"Vraiment{NBSP}?!",
    ],
)
def test_well_set_french_passes(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("L'enfant", ["straight apostrophe"]),
        ("Qui ?", [BEFORE]),
        ("Qui?", [BEFORE]),
        ("Nom: Ali", [BEFORE]),
        ("{name} : Ali ; Issa", [BEFORE, BEFORE]),
        (f"« Ali{NBSP}»", ["no no-break space after «"]),
        (f"«Ali{NBSP}»", ["no no-break space after «"]),
        (f"«{NBSP}Ali »", ["no no-break space before »"]),
        ("Un instant...", ["three dots for …"]),
    ],
)
def test_badly_set_french_is_found(text: str, mistakes: list[str]) -> None:
    assert names(text) == mistakes


@pytest.mark.parametrize(
    "call",
    [
        '_("L\'ami")',
        'gettext_lazy("un été " "l\'ami")',
        'ngettext("ami", "d\'amis", 3)',
        'pgettext("lit", "d\'ami")',
        'translation.gettext("l\'ami")',
        '_("""L\'ami""")',
    ],
)
def test_python_is_read_wherever_a_text_is_marked(tmp_path: Path, call: str) -> None:
    path = plant(tmp_path, "labels.py", f"A = 'é'\nB = {call}\nC = other(\"l'ami\")\n")
    (fault,) = faults(path)
    assert fault.startswith("2 straight apostrophe")


def test_a_text_that_is_not_written_out_is_found(tmp_path: Path) -> None:
    path = plant(tmp_path, "labels.py", 'A = _(f"{x} lits")\n')
    assert faults(path) == ["1 an f-string cannot be translated"]


@pytest.mark.parametrize(
    "markup",
    [
        '{% translate "L\'ami" %}',
        "<p>{% blocktranslate with a=b trimmed %}L'ami de {{ a }}{% endblocktranslate %}</p>",
        "{% blocktranslate %}{{ a }} <b>l'ami</b>{% endblocktranslate %}",
        '<p class="a">L\'ami</p>',
        '<c-card title="x">\n</c-card>L\'ami',
        '<a title="{% translate "L\'ami" %}">',
    ],
)
def test_templates_are_read_wherever_text_stands(tmp_path: Path, markup: str) -> None:
    (fault,) = faults(plant(tmp_path, "a.html", markup))
    assert "straight apostrophe" in fault


@pytest.mark.parametrize(
    "markup",
    [
        "{# it's a note: yes #}",
        "<script>a = b ? 'x' : y;</script>",
        "{% if a == 'x' %}{% endif %}",
        '<a href="?page=2" hx-vals=\'{"a": 1}\'>Suite &amp; fin</a>',
        '<dt>{% translate "Nom" %}&nbsp;:</dt>',
        "{{ value|default:'x' }}",
        "<!doctype html>",
    ],
)
def test_what_is_not_french_text_is_left_alone(tmp_path: Path, markup: str) -> None:
    path = plant(tmp_path, "a.html", markup)
    fix(path)
    assert faults(path) == []
    assert path.read_text(encoding="utf-8") == markup


def test_mending_a_template_changes_nothing_but_the_mistakes(tmp_path: Path) -> None:
    markup = (
        '{# c : #}<p title="{% translate "L\'âge :" %}">{{ a|add:"b : c" }} : été...</p>\n'
        "{% blocktranslate with n=x %}« {{ n }} » est là ; et {% plural %}l'autre ?{% endblocktranslate %}"
    )
    path = plant(tmp_path, "a.html", markup)
    fix(path)
    assert path.read_text(encoding="utf-8") == (
        f'{{# c : #}}<p title="{{% translate "L’âge{NBSP}:" %}}">{{{{ a|add:"b : c" }}}}{NBSP}: été…</p>\n'
        f"{{% blocktranslate with n=x %}}«{NBSP}{{{{ n }}}}{NBSP}» est là{NBSP}; et {{% plural %}}"
        f"l’autre{NBSP}?{{% endblocktranslate %}}"
    )
    assert faults(path) == []


def test_mending_python_changes_nothing_but_the_marked_texts(tmp_path: Path) -> None:
    path = plant(tmp_path, "a.py", "x = {'é': _(\"L'âge : {a}...\"), 'b : c': f(\"l'un : l'autre\")}\n")
    fix(path)
    fixed = path.read_text(encoding="utf-8")
    assert fixed == f"x = {{'é': _(\"L’âge{NBSP}: {{a}}…\"), 'b : c': f(\"l'un : l'autre\")}}\n"
    ast.parse(fixed)


def test_an_escaped_no_break_space_counts(tmp_path: Path) -> None:
    assert faults(plant(tmp_path, "a.py", 'x = _("Nom\\u00a0: {name}\\nSuite\\xa0;")\n')) == []
