"""Rasa's custom actions: each reads slots, calls one function in bot/, utters, returns events.

Nothing is loaded at import; the action server loads the assistant when it is first asked.
"""
