"""What `lots knowledge check` says of a knowledge base."""

from datetime import date

from bot.errors import Fault
from bot.knowledge_check import check_knowledge

TODAY = date(2026, 11, 21)


def faults_in(root, evaluation=None):
    return check_knowledge(root, evaluation, today=TODAY)


def only_fault(root, evaluation=None) -> Fault:
    faults = faults_in(root, evaluation)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]
