"""What the history of a planned procurement says of the verbs of this room that touch it, by their names in the log."""

from django.utils.translation import gettext_lazy

WORDS = {
    "steering.decide": gettext_lazy("Styrgruppen beslutade"),
    "steering.send_feedback": gettext_lazy("Organisationen fick veta vad styrgruppen beslutade"),
    "steering.start_procurement": gettext_lazy("Upphandlingen startades"),
    "steering.finish_next_step": gettext_lazy("Nästa steg efter styrgruppens beslut gjordes"),
}
