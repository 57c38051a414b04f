"""What the history of a planned procurement says of the verbs of this room that touch it, by their names in the log."""

from django.utils.translation import gettext_lazy

WORDS = {
    "steering.put_forward": gettext_lazy("Lades fram för styrgruppen"),
    "steering.tell_view": gettext_lazy("Organisationen sa till styrgruppen vad den själv tycker"),
    "steering.decide": gettext_lazy("Styrgruppen beslutade"),
    "steering.send_feedback": gettext_lazy("Organisationen fick veta vad styrgruppen beslutade"),
    "steering.start_procurement": gettext_lazy("Upphandlingen startades"),
    "steering.finish_next_step": gettext_lazy("Nästa steg efter styrgruppens beslut gjordes"),
}
