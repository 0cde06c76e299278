"""However people are merged, moved and taken apart again: every log and every cache stays right."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain.errors import SocrekryError
from socrekry.services import moves
from socrekry.services.candidates import add_candidacy
from socrekry.services.checking import check
from socrekry.services.finding import find_candidacy
from socrekry.services.heads import head_defects, heads
from socrekry.services.merging import merge
from socrekry.services.undoing import undo, undo_last
from tests.builders import HT2026, TODAY, Office, a_store, an_office
from tests.rounds import rounds

PEOPLE = 4
people = st.integers(1, PEOPLE).map("C-{}".format)
begun = st.tuples(people, st.integers(1, 2)).map(lambda pair: f"{pair[0]}.{pair[1]}")
steps = st.one_of(
    st.tuples(st.just("merge"), people, people),
    st.tuples(st.just("move"), begun),
    st.tuples(st.just("undo"), begun),
    st.tuples(st.just("undo my last")),
    st.tuples(st.just("begin"), people),
)


def do(office: Office, step: tuple[str, ...]) -> None:
    """Give a command; one that is refused changes nothing, which is what the check is for."""
    what, *refs = step
    try:
        match what:
            case "merge":
                merge(office.by(command="merge"), refs[0], refs[1])
            case "move":
                moves.advance(office.by(), refs, TODAY)
            case "undo":
                undo(office.by(command="undo"), refs[0])
            case "begin":
                add_candidacy(office.by(command="add-candidacy"), refs[0], office.cohort, TODAY)
            case _:
                undo_last(office.by(command="undo"))
    except SocrekryError:
        return


@settings(max_examples=rounds(400, brief=8), deadline=None)
@given(st.lists(steps, max_size=12))
def test_every_log_stays_whole_and_everybody_is_found_by_her_first_id(told: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder, a_store(Path(folder)) as store:
        office = an_office(store)
        another = office.another_cohort(HT2026.next)
        firsts = [office.add(f"Person {n}", email=f"{n}@x.se", tags=[str(n)]) for n in range(PEOPLE)]
        firsts += [add_candidacy(office.by(), ref[:3], another, TODAY).candidacy for ref in firsts]
        numbers = {ref: find_candidacy(store, ref).id for ref in firsts}
        for step in told:
            earlier = list(heads(store))
            do(office, step)
            assert check(store, more=head_defects(store, earlier)).defects == ()
            assert {ref: find_candidacy(store, ref).id for ref in firsts} == numbers
