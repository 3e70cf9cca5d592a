"""House rules on imports that import-linter does not know by itself.

Both are named in `pyproject.toml` under `[tool.importlinter]`; `tests/house/test_contracts.py` breaks each on
purpose. `docs/develop` says in words what they keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class HouseContract(Contract):
    """A contract over single imports: name the unlawful ones, say once how to mend them."""

    root = fields.StringField()
    advice = ""

    def is_unlawful(self, importer: list[str], imported: list[str]) -> bool:
        """Say whether one import, both ends given as dotted parts, breaks the contract."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        imports = self._own_imports(graph)
        leaks = [f"{a} -> {b}" for a, b in imports if self.is_unlawful(a.split("."), b.split("."))]
        return ContractCheck(kept=not leaks, metadata={"leaks": leaks})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for leak in check.metadata["leaks"]:
            output.print_error(leak, bold=False)
        output.new_line()
        output.print_error(self.advice)

    def _own_imports(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        inside = f"{self.root}."
        for importer in sorted(graph.modules):
            if importer.startswith(inside):
                for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                    if imported.startswith(inside):
                        yield importer, imported


class Doors(HouseContract):
    """A room reaches another room only through its doors; open rooms have no doors, keyholders need none."""

    doors = fields.ListField(subfield=fields.StringField())
    open_rooms = fields.ListField(subfield=fields.StringField(), required=False)
    keyholders = fields.ListField(subfield=fields.StringField(), required=False)
    advice = (
        "On entre dans une autre pièce par ses portes (operations, queries, policy), jamais par la fenêtre. "
        "[Ask the other room for a query or an operation instead of reaching into it.]"
    )

    def is_unlawful(self, importer: list[str], imported: list[str]) -> bool:
        here, there = importer[1], imported[1]
        if here == there or here in (self.keyholders or []) or there in (self.open_rooms or []):
            return False
        return len(imported) > 2 and imported[2] not in self.doors


class Pages(HouseContract):
    """A page fetches through queries, which know who is asking; it never imports a `models` module itself."""

    advice = (
        "Une page ne va pas chercher elle-même : elle demande à une requête, qui sait qui demande (by=). "
        "[A view must not import models, not even its own room's: fetch through queries.py, write through "
        "operations.py.]"
    )

    def is_unlawful(self, importer: list[str], imported: list[str]) -> bool:
        return importer[2:3] == ["views"] and imported[2:3] == ["models"]
