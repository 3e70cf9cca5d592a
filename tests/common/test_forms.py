"""What every form and record shares: refusals beside their fields, forms sent twice, the folder of the data."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict

from mafaka.common.forms import Form, posted
from mafaka.common.home import home
from mafaka.common.models import SentForm
from mafaka.common.refusals import Refused
from mafaka.organisations.models import Centre
from tests.conftest import NOW


class Letter(Form):
    """A form with two fields."""

    whom = forms.CharField(label="À qui")
    text = forms.CharField(label="Texte", required=False)


def sent(**values: str) -> Letter:
    form = Letter({"whom": "Hadjara", **values})
    assert form.is_valid()
    return form


# --- Refusals ------------------------------------------------------------------------------------------------------


def test_a_refusal_carries_its_sentence_and_is_one() -> None:
    refused = Refused("Ce lit est pris.")
    assert (refused.sentence, str(refused), refused.fields) == ("Ce lit est pris.", "Ce lit est pris.", {})


def test_a_refusal_keeps_fields_of_its_own() -> None:
    fields = {"bed": "Choisissez un autre lit."}
    refused = Refused("Ce lit est pris.", fields)
    fields.clear()
    assert refused.fields == {"bed": "Choisissez un autre lit."}


def test_a_refusal_without_a_field_stands_above_the_form() -> None:
    form = sent()
    form.refuse(Refused("Ce dossier est clos."))
    assert form.non_field_errors() == ["Ce dossier est clos."]
    assert not form.is_valid()


def test_a_refusal_of_a_field_stands_beside_it_and_nowhere_else() -> None:
    form = sent()
    form.refuse(Refused("Il manque quelque chose.", {"whom": "Dites à qui."}))
    assert form.errors == {"whom": ["Dites à qui."]}


def test_a_refusal_of_a_field_that_the_form_does_not_have_is_not_lost() -> None:
    form = sent()
    form.refuse(Refused("Deux points.", {"whom": "Dites à qui.", "bed": "Choisissez un lit."}))
    assert form.errors["whom"] == ["Dites à qui."]
    assert form.non_field_errors() == ["Choisissez un lit."]


def test_a_refused_value_is_no_longer_taken_for_a_good_one() -> None:
    form = sent(text="x")
    form.refuse(Refused("…", {"text": "Trop court."}))
    assert "text" not in form.cleaned_data
    assert form.cleaned_data["whom"] == "Hadjara"


def test_markup_in_a_refusal_is_only_text() -> None:
    form = sent()
    form.refuse(Refused("<script>alert(1)</script>"))
    assert "<script>" not in str(form)


def test_labels_have_no_colon_of_the_framework() -> None:
    assert Letter().label_suffix == ""
    assert Letter(label_suffix=" ?").label_suffix == " ?"


# --- What was sent -------------------------------------------------------------------------------------------------


def request(method: str, body: str = "") -> HttpRequest:
    made = HttpRequest()
    made.method = method
    made.POST = QueryDict(body)
    return made


def test_a_page_that_was_only_asked_for_has_a_blank_form() -> None:
    assert posted(request("GET", "whom=x")) is None
    assert posted(request("HEAD")) is None
    assert not Letter(posted(request("GET"))).is_bound


def test_an_empty_form_that_was_sent_is_judged_and_not_blank() -> None:
    form = Letter(posted(request("POST")))
    assert form.is_bound
    assert "whom" in form.errors


# --- Records -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_database_remembers_one_sending_per_form_and_person() -> None:
    key, person = uuid4(), uuid4()
    for user_id in (person, uuid4()):
        SentForm.objects.create(key=key, user_id=user_id, location="/", sent_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentForm.objects.create(
            key=key, user_id=person, location="/ailleurs/", sent_at=NOW + timedelta(days=1)
        )
    assert SentForm.objects.get(key=key, user_id=person).location == "/"


@pytest.mark.django_db
def test_a_record_has_an_identity_nobody_can_guess_and_no_clock_of_its_own() -> None:
    one, other = (Centre(code=code, name=code) for code in ("AAA", "BBB"))
    assert one.pk != other.pk
    assert UUID(str(one.pk)).version == 4
    assert one.created_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# --- Where the data lie --------------------------------------------------------------------------------------------


def test_the_named_folder_is_taken_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "x" / ".." / "house"))
    assert home() == tmp_path / "house"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAFAKA_HOME", "here")
    assert home() == tmp_path / "here"


def test_a_tilde_is_the_persons_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MAFAKA_HOME", "~/refuge")
    assert home() == tmp_path / "refuge"


@pytest.mark.parametrize("named", ["", None])
def test_without_a_name_the_persons_own_data_folder_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str | None
) -> None:
    monkeypatch.delenv("MAFAKA_HOME")
    if named is not None:
        monkeypatch.setenv("MAFAKA_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert home() == tmp_path / ".local" / "share" / "mafaka"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data" / "mafaka"


def test_asking_where_the_data_lie_makes_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "house"))
    home()
    assert not (tmp_path / "house").exists()
