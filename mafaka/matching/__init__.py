"""The name engine: who may be meant by a name, however it is spelled.

Pure Python and numpy; it knows no Django and no database.

>>> index = Index.build([Entry(key=1, own=("Issoufou Malam",), sex="male", birth_year=2007)])
>>> [hit.key for hit in index.search("Issufu")]
[1]
"""

from mafaka.matching.entry import Among, Comparison, Entry, Hit, Key, Reason, Suggestion
from mafaka.matching.index import Index

__all__ = ["Among", "Comparison", "Entry", "Hit", "Index", "Key", "Reason", "Suggestion"]
