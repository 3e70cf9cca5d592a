from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class ExchangeConfig(AppConfig):
    name = "mafaka.exchange"
    label = "exchange"

    def ready(self) -> None:
        from mafaka.exchange.labels import ACTS, PAIR

        acts.name_codes("pair", PAIR)
        acts.register(ACTS)
