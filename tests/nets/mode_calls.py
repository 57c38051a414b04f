"""What is said at the steering group's meeting in calls.py, as who, what row and which words."""


def item(label):
    return lambda house: house.items[label]


def required(house):
    seen = house.planned["gu"].assessments.latest("number").pk
    return {"choice": "require", "seen_assessment": seen, "consideration": "integration", "why": "Flera språk talas"}


MODE = {
    "steering.decide": ("styr", item("begun-gu"), required),
    "steering.note_item": ("ue", item("begun-out"), {"note": "Gruppen vill besöka gymnasiet"}),
}
