"""Lotsen: who do I turn to with this? Importing the package alone loads nothing heavy."""
