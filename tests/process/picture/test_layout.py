"""What must hold of any picture of any model, drawn in any width."""

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from insteg.process.picture import Box, Edge, Sketch, draw
from insteg.process.picture.drawing import ON_PAPER, ON_SCREEN
from insteg.process.picture.text import width_of, wrapped

TITLES = st.text("abcdefghijklmnoprstuvåäöÅ -/漢", min_size=1, max_size=80).filter(str.strip)


@st.composite
def sketches(draw_one):
    lanes, phases = draw_one(st.integers(1, 7)), draw_one(st.integers(1, 8))
    squares = st.tuples(st.integers(0, lanes - 1), st.integers(0, phases - 1), TITLES, st.booleans())
    boxes = [
        Box(f"s{n}", title, lane, phase, roomy)
        for n, (lane, phase, title, roomy) in enumerate(draw_one(st.lists(squares, min_size=1, max_size=16)))
    ]
    keys = st.integers(0, len(boxes) - 1)
    pairs = draw_one(st.lists(st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1]), max_size=24, unique=True))
    edges = tuple(Edge(f"s{one}", f"s{other}", (one + other) % 5 == 0, "Till nästa runda") for one, other in pairs)
    return Sketch(("Parten",) * lanes, ("Fasen",) * phases, tuple(boxes), edges)


def crowded(lanes=1, phases=1, boxes=6):
    """Everything in one square, and an arrow from each to each."""
    found = tuple(Box(f"s{n}", "Anmäl", 0, 0) for n in range(boxes))
    edges = tuple(Edge(one.key, other.key) for one in found for other in found if one != other)
    return Sketch(("Parten",) * lanes, ("Fasen",) * phases, found, edges)


def crosses(place, one, other):
    """Whether a straight line, up or across, has a point inside of the box."""
    (x, y), (to_x, to_y) = one, other
    overlap_x = max(place.x, min(x, to_x)) < min(place.right, max(x, to_x)) or (x == to_x and place.x < x < place.right)
    overlap_y = max(place.y, min(y, to_y)) < min(place.bottom, max(y, to_y)) or (
        y == to_y and place.y < y < place.bottom
    )
    return overlap_x and overlap_y


def on_edge(place, x, y):
    beside = x in (place.x, place.right) and place.y < y < place.bottom
    return beside or (y in (place.y, place.bottom) and place.x < x < place.right)


@pytest.mark.parametrize("width", [ON_SCREEN, ON_PAPER])
@given(sketch=sketches())
@example(sketch=crowded())
@example(sketch=crowded(lanes=3, phases=3))
def test_every_picture_can_be_read(sketch, width):
    picture = draw(sketch, width)
    places = {place.box.key: place for place in picture.places}
    assert sorted(places) == sorted(box.key for box in sketch.boxes)
    for place in picture.places:
        assert 0 <= place.x < place.right <= picture.width
        assert picture.head <= place.y < place.bottom <= picture.height
        band = picture.bands[place.box.lane]
        assert band.y <= place.y < place.bottom <= band.y + band.height
        assert all(place.y < line.y < place.bottom for line in place.lines)
    for one, other in combinations(picture.places, 2):
        apart = one.right < other.x or other.right < one.x or one.bottom < other.y or other.bottom < one.y
        assert apart, f"{one} lies on {other}"
    assert [arrow.edge for arrow in picture.arrows] == list(sketch.edges)
    for arrow in picture.arrows:
        assert on_edge(places[arrow.edge.source], *arrow.points[0])
        assert on_edge(places[arrow.edge.target], *arrow.points[-1])
        for one, other in pairwise(arrow.points):
            assert one[0] == other[0] or one[1] == other[1], "neither up nor across"
            assert one != other
            assert not any(crosses(place, one, other) for place in picture.places)
            assert 0 <= other[0] <= picture.width
            assert 0 <= other[1] <= picture.height


@given(sketch=sketches())
@example(sketch=crowded())
def test_no_two_arrows_lie_on_each_other(sketch):
    """They may cross, but never run along the same line."""
    parts = [(arrow.edge, *sorted(pair)) for arrow in draw(sketch).arrows for pair in pairwise(arrow.points)]
    for (edge, one, end), (other_edge, other, other_end) in combinations(parts, 2):
        if edge != other_edge:
            for along in (0, 1):
                across = 1 - along
                same_line = one[across] == end[across] == other[across] == other_end[across]
                assert not (same_line and max(one[along], other[along]) < min(end[along], other_end[along]))


@given(sketch=sketches())
def test_words_on_an_arrow_hide_nothing(sketch):
    picture = draw(sketch)
    for arrow in picture.arrows:
        if arrow.label is None:
            continue
        x, y, right, bottom = arrow.label.x, arrow.label.y, arrow.label.x + arrow.label.width, arrow.label.y + 20
        assert all(
            place.right <= x or right <= place.x or place.bottom <= y or bottom <= place.y for place in picture.places
        )
        for other in picture.arrows:
            for (one_x, one_y), (to_x, to_y) in pairwise(other.points) if other is not arrow else []:
                beside = max(one_x, to_x) <= x or min(one_x, to_x) >= right
                assert beside or max(one_y, to_y) <= y or min(one_y, to_y) >= bottom


def test_equal_sketches_give_the_same_picture():
    """Whoever looks again must find every step where it was."""
    draw.cache_clear()
    first = draw(crowded(3, 3))
    draw.cache_clear()
    assert draw(crowded(3, 3)) == first


def test_steps_of_a_line_are_joined_by_straight_arrows():
    """Two in the same lane in phases after each other, and two lanes in the same phase."""
    boxes = (Box("a", "Anmäl", 0, 0), Box("b", "Bedöm", 0, 1), Box("c", "Beslut", 1, 1))
    picture = draw(Sketch(("Parten", "En annan"), ("Först", "Sedan"), boxes, (Edge("a", "b"), Edge("b", "c"))))
    assert [len(arrow.points) for arrow in picture.arrows] == [2, 2]


def test_what_leads_upwards_stands_beneath():
    """The step that hands over to another lane stands next to it, so that the arrow need not go around the others."""
    boxes = (Box("a", "Ett", 1, 0), Box("b", "Två", 1, 0), Box("c", "Tre", 1, 0), Box("top", "Beslut", 0, 0))
    picture = draw(Sketch(("Över", "Under"), ("Fas",), boxes, (Edge("a", "b"), Edge("b", "c"), Edge("c", "top"))))
    assert all(len(arrow.points) == 2 for arrow in picture.arrows)


def test_an_empty_model_has_a_picture_without_boxes():
    assert draw(Sketch((), (), (), ())).places == []
    assert draw(Sketch((), ("Fas",), (), ())).places == []


@given(text=TITLES, width=st.integers(60, 200))
def test_lines_hold_the_whole_text_and_keep_within_the_width(text, width):
    lines = wrapped(text, width, 13)
    assert all(width_of(line, 13) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == "".join(text.split()).replace("-", "")


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("upphandlingsenheten", ["upphandlings-", "enheten"]),
        ("avtalsspärren", ["avtals-", "spärren"]),
        ("kompetensprofilen", ["kompetens-", "profilen"]),
        ("Överprövning", ["Överpröv-", "ning"]),
        ("förhandling/dialog", ["förhandling/", "dialog"]),
    ],
)
def test_a_long_word_is_broken_where_its_parts_meet(word, lines):
    width = width_of(lines[0], 13) + 8
    assert wrapped(word, width, 13) == lines
