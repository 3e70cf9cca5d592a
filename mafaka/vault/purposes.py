"""What an opening is for. Every opening names one; the journal keeps it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why sealed data are opened; the first are asked of a person, the last belong to the program."""

    INTERVIEW = "interview", _("Préparer ou mener un entretien")
    CARE = "care", _("Organiser un soin ou un service")
    TRACING = "tracing", _("Rechercher la famille ou préparer le retour")
    IDENTITY_CHECK = "identity_check", _("Vérifier l’identité ou un doublon")
    AUTHORITY = "authority", _("Répondre à une autorité judiciaire")
    OTHER = "other", _("Autre motif, à préciser")
    CASE_WORK = "case_work", _("Travail sur le dossier")
    SEARCH = "search", _("Index de recherche")
    IMPORT = "import", _("Import d’un registre")
    ROTATION = "rotation", _("Renouvellement des clés")


REVEAL_PURPOSES = [
    Purpose.INTERVIEW,
    Purpose.CARE,
    Purpose.TRACING,
    Purpose.IDENTITY_CHECK,
    Purpose.AUTHORITY,
    Purpose.OTHER,
]
