"""From the gate to the closure: one boy's whole path, as those who follow him would do it, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from mafaka.stays import operations as stays
from tests.conftest import NOW, SETUP, TODAY
from tests.journeys.conftest import DESKTOP, PHONE, Hand

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAGES = [
    "Accueil",
    "Identification",
    "Plan",
    "Assistance",
    "Recherche",
    "Réunification",
    "Réintégration",
    "Clôture",
]
REFERENCE = "ZIN-2026-0001"


@pytest.fixture
def dormitory(zinder: Any) -> Any:
    return stays.set_up_room(
        centre=zinder, code="G", name="Dortoir des garçons", kind="boys", beds=3, by=SETUP, at=NOW
    )


def journal_says(hand: Hand, sentence: str, *, done: list[str]) -> None:
    """The first page of the case tells what was just done, and the arches show how far the path has come."""
    hand.tab("Aperçu")
    expect(hand.page.get_by_role("region", name="Journal").get_by_role("listitem").first).to_contain_text(
        sentence, ignore_case=True
    )
    arches = hand.page.locator(".arcade li")
    states = dict(zip(STAGES, arches.evaluate_all("all => all.map(arch => arch.dataset.state)"), strict=True))
    assert [stage for stage, state in states.items() if state == "done"] == done
    current = next((stage for stage in STAGES if stage not in done), None)
    assert [stage for stage, state in states.items() if state == "current"] == ([current] if current else [])


@pytest.mark.parametrize("shape", [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")])
def test_a_boy_comes_and_goes_home(
    shape: dict[str, Any], window: Callable[..., Hand], staff: dict[str, Any], dormitory: Any
) -> None:
    amina, sani, moussa = (window(**shape) for _each in range(3))
    amina.sign_in("amina")
    amina.picture("path-today")
    receive(amina)
    register(amina)
    reveal(amina)
    assign(moussa)
    consent(amina)
    interview(amina)
    needs(amina)
    plan(amina)
    bed(amina)
    trace(amina)
    sani.sign_in("sani")
    verify(sani)
    reunify(amina)
    leave(amina)
    reintegrate(amina)
    close(amina)
    find(amina)
    who_opened(amina)
    amina.sign_out()


def receive(hand: Hand) -> None:
    hand.menu("Accueillir une personne")
    hand.date("Date d’arrivée", TODAY)
    hand.choose("Comment la personne arrive-t-elle ?", "Police")
    hand.write("Qui l’amène", "Commissariat central")
    hand.pick("De retour d’un autre pays", "Algérie")
    hand.choose("C’est", "Un garçon ou un homme")
    hand.picture("path-receive")
    hand.press("Ouvrir le dossier")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(f"Dossier {REFERENCE}")
    journal_says(hand, "Arrivée au centre : Police, retour : Algérie.", done=[])


def register(hand: Hand) -> None:
    hand.tab("Identité")
    hand.write("Nom propre", "Issoufou")
    hand.write("Nom du père", "Maïdabo")
    hand.write("Nom du grand-père", "Tankari")
    hand.write("Nom de la mère", "Hadjara")
    hand.write("Surnom", "Ɗan Kwali")
    hand.write("Âge estimé à l’arrivée", "12")
    hand.write("À combien près", "2")
    hand.choose("Sur quoi repose l’âge", "Estimation, à la voir")
    hand.choose("Langues parlées", "Haoussa", "Zarma")
    hand.pick("Nationalité", "Niger")
    hand.write("Commune d’origine", "KANTCHI")
    hand.write("Village ou quartier", "Tsaouni")
    hand.picture("path-register")
    hand.press("Enregistrer l’identité")
    hand.sees("Identité relevée le 12 octobre 2026.")
    expect(hand.page.get_by_label("Commune d’origine")).to_have_value("Kantché")
    expect(hand.page.get_by_label("Surnom")).to_have_value("Ɗan Kwali")
    journal_says(hand, "Identité relevée.", done=["Accueil"])
    hand.sees("10 à 14 ans")


def reveal(hand: Hand) -> None:
    assert "Issoufou" not in hand.page.content()
    hand.follow("Afficher le nom")
    hand.choose("Pourquoi avez-vous besoin du nom ?", "Préparer ou mener un entretien")
    hand.picture("path-reveal")
    hand.press("Afficher le nom")
    expect(hand.page.get_by_text("Issoufou Maïdabo")).to_be_visible()


def assign(hand: Hand) -> None:
    hand.sign_in("moussa")
    hand.goto(f"/dossiers/{REFERENCE}/")
    assert "Issoufou" not in hand.page.content()
    hand.follow("Désigner le référent")
    hand.pick("Référent·e", "Amina")
    hand.press("Désigner")
    expect(hand.page.locator(".facts")).to_contain_text("Amina")
    journal_says(hand, "Référent·e désigné·e.", done=["Accueil"])


def consent(hand: Hand) -> None:
    for purpose in ("Accompagnement au centre", "Recherche de la famille"):
        hand.tab("Consentement")
        hand.choose("Objet", purpose)
        hand.choose("Réponse", "Accord")
        hand.choose("Donnée par", "La personne elle-même")
        hand.choose("Sous quelle forme", "Empreinte du pouce")
        hand.pick("Langue de l’explication", "Haoussa")
        hand.press("Enregistrer la réponse")
        journal_says(hand, f"Consentement noté : {purpose.lower()}, accord.", done=["Accueil"])


def interview(hand: Hand) -> None:
    hand.tab("Identification")
    hand.follow("Noter un entretien")
    hand.pick("Mené par", "Amina")
    hand.pick("Langue de l’entretien", "Haoussa")
    hand.choose("Acte", "Recrutement", "Transport")
    hand.choose("But", "Exploitation de la mendicité")
    hand.choose("Formes d’exploitation racontées", "Mendicité forcée")
    hand.choose("Conclusion", "Victime présumée")
    hand.write("Récit", "Son oncle l’a confié à un homme de passage.")
    hand.press("Voir ce que les réponses appuient")
    hand.sees("Rien ne manque. La conclusion reste à vous.")
    hand.picture("path-interview")
    hand.press("Enregistrer l’entretien")
    hand.sees("Son oncle l’a confié")
    journal_says(hand, "Entretien d’identification tenu.", done=STAGES[:2])


def needs(hand: Hand) -> None:
    hand.tab("Besoins")
    hand.pick("Besoin", "Soins médicaux")
    hand.choose("Urgence", "Urgent")
    hand.press("Noter le besoin")
    expect(hand.page.get_by_role("rowheader", name="Soins médicaux")).to_be_visible()
    journal_says(hand, "Besoins constatés : 1.", done=STAGES[:2])


def plan(hand: Hand) -> None:
    hand.tab("Plan d’assistance")
    hand.write("Objectif", "Rentrer au village et apprendre la couture.")
    hand.press("Établir le plan")
    hand.pick("Service", "Consultation et bilan de santé")
    hand.write("Responsable", "CSI Birni")
    hand.date("Échéance", TODAY)
    hand.press("Ajouter le service")
    expect(hand.page.get_by_role("cell", name="CSI Birni")).to_be_visible()
    journal_says(hand, "Service prévu : Consultation et bilan de santé.", done=STAGES[:3])
    hand.tab("Plan d’assistance")
    hand.follow("Consultation et bilan de santé")
    hand.choose("Où en est ce service ?", "Fourni")
    hand.page.get_by_label("Le besoin est comblé").check()
    hand.press("Enregistrer l’état")
    expect(hand.page.get_by_role("heading", name="Services", exact=True)).to_be_visible()
    journal_says(hand, "Besoin comblé : Soins médicaux.", done=STAGES[:4])
    hand.sees("Service fourni : Consultation et bilan de santé.")


def bed(hand: Hand) -> None:
    hand.tab("Séjour")
    hand.pick("Lit", "G-01")
    hand.press("Admettre")
    hand.sees("Séjour en cours")
    journal_says(hand, "Admission au centre, dortoir des garçons, lit G-01.", done=STAGES[:4])
    hand.sees("Hébergé")


def trace(hand: Hand) -> None:
    hand.tab("Recherche familiale")
    hand.follow("Demander une recherche")
    hand.choose(
        "Que dit l’évaluation de l’intérêt supérieur ?", "Favorable : la famille peut être recherchée"
    )
    hand.date("Date de l’évaluation", TODAY)
    hand.write("Raisons", "Il demande sa mère ; rien à craindre au village.")
    hand.choose("Qui recherche-t-on ?", "Mère")
    hand.write("Nom de ce parent", "Hadjara Souley")
    hand.pick("Région", "Zinder")
    hand.write("Commune", "Kantche")
    hand.write("Village ou quartier", "Tsaouni")
    hand.picture("path-tracing")
    hand.press("Enregistrer la demande")
    hand.sees("TR-2026-001")
    journal_says(hand, "Recherche de la famille ouverte : TR-2026-001.", done=STAGES[:5])
    hand.tab("Recherche familiale")
    hand.follow("Noter une piste")
    hand.choose("Résultat", "Famille trouvée")
    hand.write("Ce qui a été dit et vu", "Le chef Garba connaît la mère.")
    hand.press("Enregistrer la piste")
    hand.sees("Le chef Garba connaît la mère.")
    journal_says(hand, "Piste notée : famille trouvée.", done=STAGES[:5])


def verify(hand: Hand) -> None:
    hand.goto(f"/dossiers/{REFERENCE}/")
    hand.tab("Recherche familiale")
    hand.follow("Vérifier une piste")
    hand.page.get_by_role("group", name="Piste").get_by_role("radio").check()
    hand.choose("Conclusion", "C’est bien la famille, le retour est sûr")
    hand.write("Comment", "Photo reconnue des deux côtés.")
    hand.press("Enregistrer la vérification")
    hand.sees("La famille est vérifiée")
    journal_says(hand, "Piste vérifiée : c’est bien la famille, le retour est sûr.", done=STAGES[:5])


def reunify(hand: Hand) -> None:
    hand.tab("Recherche familiale")
    hand.follow("Noter la réunification")
    hand.choose("Auprès de qui ?", "Mère")
    hand.write("Nom de ce parent", "Hadjara Souley")
    hand.pick("Région", "Zinder")
    hand.write("Lieu du retour", "Tsaouni")
    hand.write("Qui a fait le voyage avec la personne", "Amina et le chauffeur du centre")
    hand.press("Enregistrer la réunification")
    hand.sees("La personne est encore hébergée au centre. Enregistrez aussi sa sortie.")
    journal_says(hand, "Réunion avec la famille.", done=STAGES[:6])


def leave(hand: Hand) -> None:
    hand.tab("Séjour")
    hand.follow("Enregistrer un départ")
    hand.choose("Motif du départ", "Retour en famille")
    hand.press("Enregistrer le départ")
    hand.sees("Séjours précédents")
    journal_says(hand, "Départ du centre : retour en famille.", done=STAGES[:6])


def reintegrate(hand: Hand) -> None:
    hand.tab("Réintégration")
    hand.follow("Établir le plan")
    hand.write("But du plan", "Une machine à coudre, et l’école du soir.")
    hand.press("Enregistrer le plan")
    journal_says(hand, "Plan de réintégration établi.", done=STAGES[:6])
    hand.tab("Réintégration")
    hand.follow("Ajouter un appui")
    hand.choose("Appui", "Formation professionnelle")
    hand.choose("Pour qui", "La personne elle-même")
    hand.write("Montant en francs CFA", "150000")
    hand.write("Description", "Six mois chez le tailleur Sani.")
    hand.press("Enregistrer l’appui")
    hand.sees("Six mois chez le tailleur Sani.")
    journal_says(hand, "Appui à la réintégration : formation professionnelle.", done=STAGES[:7])


def close(hand: Hand) -> None:
    hand.tab("Clôture")
    hand.choose("Motif de la clôture", "Réintégration achevée")
    hand.press("Clore le dossier")
    journal_says(hand, "Dossier clos : réintégration achevée.", done=STAGES)
    hand.sees("Dossier clos")
    hand.picture("path-closed")


def find(hand: Hand) -> None:
    for asked in ("Issufu Maidabo", "tsawni", REFERENCE.lower()):
        hand.page.get_by_role("searchbox").fill(asked)
        hand.page.keyboard.press("Enter")
        expect(hand.page).to_have_url(re.compile(r"/recherche/$"))
        expect(hand.page.get_by_role("rowheader", name=REFERENCE)).to_be_visible()
        assert "Issoufou" not in hand.page.content()
    hand.picture("path-search")
    hand.follow(REFERENCE)


def who_opened(hand: Hand) -> None:
    hand.tab("Accès")
    openings = hand.page.locator("tbody tr")
    for name in ("Amina", "Sani", "Moussa"):
        expect(openings.filter(has=hand.page.get_by_role("rowheader", name=name)).first).to_be_visible()
    expect(openings.filter(has_text=re.compile("Nom affiché")).first).to_be_visible()
    hand.picture("path-accesses")
