"""Faults in the compilation: what it counts, whose it is and where its picture draws it."""

from tests.mutations.mutation import Mutation

PAGE, WORDS = "tests/inventory/compilation/test_page.py", "tests/inventory/compilation/test_words.py"
PICTURE = "tests/inventory/test_timeline.py"

COMPILING = [
    Mutation(
        "what is withdrawn is compiled",
        "insteg/inventory/queries/compilation.py",
        "return planned.current().filter(in_years(horizon))",
        "return planned.filter(in_years(horizon))",
        (f"{PAGE}::test_the_rows_are_those_of_now",),
    ),
    Mutation(
        "places of those that do not suit are counted",
        "insteg/inventory/queries/compilation.py",
        '"places": Sum("given", filter=SUITS)',
        '"places": Sum("given")',
        (f"{PAGE}::test_the_lead_is_counted",),
    ),
    Mutation(
        "what people have said of places is left out of the sum",
        "insteg/inventory/queries/compilation.py",
        'Coalesce(F("places_set"), F("places"))',
        'Coalesce(F("places"), F("places_set"))',
        (f"{PAGE}::test_what_people_have_said_of_places_counts_instead",),
    ),
    Mutation(
        "a buyer is told how the others answer",
        "insteg/inventory/cards/compilation.py",
        "elif reading.actor.role != Role.PROCURING:",
        "else:",
        (f"{PAGE}::test_a_buyer_is_not_told_how_the_others_answer",),
    ),
    Mutation(
        "a buyer is offered occupations that only others have named",
        "insteg/inventory/queries/compilation_reading.py",
        "ExpectedOccupation.objects.filter(planned__in=theirs)",
        "ExpectedOccupation.objects.filter()",
        (f"{PAGE}::test_a_buyer_learns_nothing_of_anothers_from_what_can_be_chosen",),
    ),
    Mutation(
        "what begins in other years is left out without a word",
        "insteg/inventory/queries/compilation.py",
        "begins.pop(OUTSIDE, Tally()), begins",
        "(begins.pop(OUTSIDE, Tally()), Tally())[1], begins",
        (f"{PAGE}::test_what_begins_in_other_years_is_counted_and_said_to_be_left_out",),
    ),
    Mutation(
        "a link to the changes for those who may not open them",
        "insteg/inventory/cards/compilation.py",
        "if reading.actor.role in access.ANSWER.table:",
        "if True:",
        (f"{WORDS}::test_who_may_not_open_the_changes_gets_no_link_to_them",),
    ),
    Mutation(
        "a band goes on outside the picture",
        "insteg/inventory/timeline.py",
        "return round(min(self.right, x + months * self.month), 1)",
        "return round(x + months * self.month, 1)",
        (f"{PICTURE}::test_a_band_ends_where_the_picture_ends",),
    ),
]
