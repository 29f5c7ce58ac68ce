"""Two note-takers at once: whatever they do, no line that somebody typed is lost."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.minutes.rules.merging import MARK, Saved, changed, merge, open_marks, save

NAMES = ("Ann", "Bob")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text", "conflicts"),
    [
        ("", "", "", "", 0),
        ("a", "a", "a", "a", 0),
        ("a", "b", "a", "b", 0),
        ("a", "a", "b", "b", 0),
        ("a", "b", "b", "b", 0),
        ("", "mine", "theirs", "mine\ntheirs", 0),
        ("a", "a\nmine", "a\ntheirs", "a\nmine\ntheirs", 0),
        ("a\n", "a\nmine", "a\ntheirs", "a\nmine\ntheirs", 0),
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", 0),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd", 0),
        ("a\nb", "a\nB1", "a\nB2", f"a\n{MARK} Ann:\nB1\n{MARK} Bob:\nB2\n{MARK}", 1),
        ("a\nb", "a", "a\nB2", f"a\n{MARK} Ann:\n{MARK} Bob:\nB2\n{MARK}", 1),
        ("a", "A\nmine", "A", "A\nmine", 0),
    ],
)
def test_what_becomes_of_two_texts(base: str, mine: str, theirs: str, text: str, conflicts: int) -> None:
    found = merge(base, mine, theirs, names=NAMES)
    assert (found.text, found.conflicts) == (text, conflicts)
    assert open_marks(found.text) == conflicts


def test_a_window_whose_answer_was_lost_does_not_quarrel_with_itself() -> None:
    versions = [Saved(1, "w0", "first", "first"), Saved(2, "w1", "first\nThe Bur", "first\nThe Bur")]
    found = save(versions, 1, "w1", "first\nThe Bureau", names=NAMES)
    assert found.text == "first\nThe Bureau"
    another = save(versions, 1, "w2", "first\nThe Bureau", names=NAMES)
    assert another.text == "first\nThe Bur\nThe Bureau"


def test_what_changed_is_told_line_by_line() -> None:
    assert list(changed("a\nb", "a\nc")) == [(" ", "a"), ("-", "b"), ("+", "c")]


@dataclass
class Window:
    """A browser: what it shows, the version it last took over, and whether an answer is under way."""

    name: str
    text: str = ""
    number: int = 0
    typed: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    count: int = 0

    def type(self, place: int) -> None:
        lines = self.text.split("\n") if self.text else []
        self.count += 1
        line = f"{self.name} {self.count}"
        self.typed.add(line)
        lines.insert(place % (len(lines) + 1), line)
        self.text = "\n".join(lines)

    def rewrite(self, place: int) -> None:
        lines = self.text.split("\n") if self.text else []
        free = [n for n, line in enumerate(lines) if not line.startswith(MARK)]
        if not free:
            return
        place = free[place % len(free)]
        self.count += 1
        self.struck.add(lines[place])
        lines[place] = f"{self.name} {self.count}"
        self.typed.add(lines[place])
        self.text = "\n".join(lines)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["type", "rewrite", "save", "lost", "poll"]), st.integers(0, 9)
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_no_line_of_either_is_ever_lost(steps: list[tuple[int, str, int]]) -> None:
    versions: list[Saved] = []
    windows = [Window("ann"), Window("bob")]

    def send(window: Window, *, arrives: bool) -> None:
        found = save(versions, window.number, window.name, window.text, names=NAMES)
        now = versions[-1].text if versions else ""
        if found.text != now or window.text != now:
            versions.append(Saved(len(versions) + 1, window.name, found.text, window.text))
        if arrives:
            window.text, window.number = found.text, len(versions)

    for who, what, place in steps:
        window = windows[who]
        if what in ("type", "rewrite"):
            getattr(window, what)(place)
        elif what in ("save", "lost"):
            send(window, arrives=what == "save")
        elif versions and window.text == versions[window.number - 1].text and window.number:
            window.text, window.number = versions[-1].text, len(versions)  # nothing unsaved: takes over
    for window in [*windows, *windows]:
        send(window, arrives=True)
    assert windows[0].text == windows[1].text
    lines = set(windows[0].text.split("\n"))
    for window in windows:
        other = windows[1 - windows.index(window)]
        assert window.typed - window.struck - other.struck <= lines
