"""Tags and filters of the components; loaded everywhere as a builtin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mafaka.ui import text

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """`{{ d|day }}`: "12 octobre 2026"; nothing for no date."""
    return text.day(value) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """`{{ d|short_day }}`: "12 oct."."""
    return text.short_day(value) if value else ""


@register.filter(expects_localtime=True)
def short_date(value: date | None) -> str:
    """`{{ d|short_date }}`: "12 oct. 2026"."""
    return text.short_date(value) if value else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """`{{ at|moment }}`: "12 oct., 18:25", in local time."""
    return text.moment(value) if value else ""


@register.filter
def plural(number: int, forms: str) -> str:
    """`{{ n }} {{ n|plural:"lit,lits" }}`; wrap the pair in `_("lit,lits")` so that it is translated."""
    return text.plural(number, forms)


@register.filter
def in_words(number: int) -> str:
    """`{{ 2|in_words }}`: "deux"."""
    return text.in_words(number)


@register.filter
def mask(name: str) -> str:
    """`{{ name|mask }}`: "A••••• M••••"."""
    return text.mask(str(name or ""))


@register.filter
def first_input(field: BoundField) -> str:
    """The id an error summary links to: the field's input, or the first of its boxes or choices."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def to_correct(form: BaseForm) -> str:
    """The heading of a form's error summary."""
    return text.to_correct(sum(len(errors) for errors in form.errors.values()))


@register.simple_tag
def once() -> SafeString:
    """A fresh idempotency key: a form sent twice writes once (see the `page` decorator)."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite, said by the words beside it and so hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("built/icons.svg"),
        name,
    )


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers to show around the present one, with "…" where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
