"""What lower rooms tell higher ones. Sent with `send`, inside the transaction.

`docs/architecture.md` lists who sends and who listens.
"""

from django.dispatch import Signal

# completion, now: a person has a new valid completion (partners.training)
completion_recorded = Signal()
# visit, now: a test visit may now be told to its premises (partners.visits)
visit_released = Signal()
# visit, now: a released result was challenged and counts no more (partners.visits)
visit_set_aside = Signal()
# user: an account was closed or opened again (accounts)
access_changed = Signal()
# spell, now: a person has come, left or been corrected (partners.register)
spell_changed = Signal()
# spells, now: the same of many people at once, sent instead of the one above
spells_changed = Signal()
