"""How somebody came to the centre."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from mafaka.cases.labels import BROUGHT_BY
from mafaka.locations.countries import COUNTRIES
from mafaka.vault.models import Compartment, Sealed


class Arrival(Sealed):
    """The arrival that opened a case. Sealed: `brought_by_detail` (who exactly) and `circumstances`."""

    compartment = Compartment.IDENTITY
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="arrival")
    arrived_on = models.DateField()
    brought_by = models.CharField(max_length=20, choices=BROUGHT_BY, blank=True)
    returned_from = models.CharField(max_length=2, blank=True)

    def sealed_subject(self) -> UUID:
        return self.case.person_id

    def get_returned_from_display(self) -> str:
        """Return the name of the country the person came back from."""
        return str(COUNTRIES.get(self.returned_from, self.returned_from))
