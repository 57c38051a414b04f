"""Guards that no test here notices when they are away, each with why. The beginning of the guard's key, and the reason.

One that is noticed after all, or is no longer in the code, is to be struck out: the run says so and ends with 1.
"""

SAVES = "regelns eget filter ger en sådan roll inget; den sparar en fråga till databasen på varje sida"
EXPLAINED = {
    "insteg/organisations/queries.py::tasks::rätt i sidan::": SAVES,
    "insteg/inventory/queries/occupations_again.py::tasks::rätt i sidan::": SAVES,
    "insteg/inventory/queries/reported.py::tasks::rätt i sidan::": SAVES,
    "insteg/inventory/queries/round_tasks.py::tasks::rätt i sidan::actor.role in access.SEE_REQUEST": SAVES,
    "insteg/inventory/queries/shared.py::tasks::rätt i sidan::": SAVES,
    "insteg/process/access.py::cases.rows::rätt i sidan::": SAVES,
    "insteg/process/queries/standing.py::lanes_held::rätt i sidan::": SAVES,
    "insteg/process/views/steps.py::move_several::rätt på sida::": (
        "regeln nämner alla roller, och den som inte har någon part nekas i sidan; varje sida ska ändå säga sin regel"
    ),
    "insteg/inventory/actions/shared.py::one_is_told::vägran::": (
        "den svarar på två som väntar på varandra, vilket bara finns på PostgreSQL: tests/concurrency/test_joining.py"
    ),
    "insteg/inventory/plan_reader/text_files.py::_split::vägran av fil::raise Unreadable(say(_('Filen går inte att": (
        "ingen text är känd som kommer dit: ett fält får vara lika långt som den största filen"
    ),
}


def reason_of(key: str) -> str:
    return next((reason for beginning, reason in EXPLAINED.items() if key.startswith(beginning)), "")


def for_nothing(unseen: list[str]) -> list[str]:
    """Those that are noticed after all, or gone."""
    return [beginning for beginning in EXPLAINED if not any(key.startswith(beginning) for key in unseen)]
