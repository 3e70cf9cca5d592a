"""Mafaka: one chain of care for victims of human trafficking, from the arrival to the village."""

__version__ = "0.1.0"
