"""Two services that know nothing of each other do not meet in a constraint; a question that went elsewhere is over."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.protection.acts import ABOUT, Stage, case, later

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import NotFound
from fanal.protection import services
from fanal.protection.models import QuestionSet, Request

pytestmark = pytest.mark.django_db


def sent(by: Member, key: object) -> str:
    with acting_as(by):
        return services.request_opening(by=by, case=case(), submission=key, at=timezone.now()).reference


def test_the_key_of_a_form_is_its_senders_own(cast: Cast) -> None:
    key = uuid4()
    first, again = (sent(cast.centre_worker, key) for _ in range(2))
    other = sent(cast.other_centre_worker, key)
    assert first == again != other
    with acting_as(cast.other_centre_worker):
        assert Request.objects.count() == 1


def test_one_person_under_two_hats_sends_the_same_form_twice(cast: Cast) -> None:
    """Two services, two requests; the second hat is not told of the first by an error."""
    key, one, two = uuid4(), cast.centre_worker, cast.other_centre_worker
    both = replace(two, person_id=one.person_id)
    assert sent(one, key) != sent(both, key)
    assert sent(both, key) == sent(both, key)


def test_what_was_asked_elsewhere_shows_nobody_any_more(cast: Cast) -> None:
    stage, by = Stage(cast), cast.magistrate
    row = stage.in_p2()
    first = stage.asked(row, days=1, tell_identity=True, judicial_reference="BR.1")
    with acting_as(by):
        sheet = services.consult_questions(by=by, question_set=first.id, at=later(2))
        assert (sheet.about.identity, sheet.judicial_reference) == (ABOUT.identity, "BR.1")
    stage.asked(row, days=3, magistrate_unit_id=cast.auditor.unit_id)
    with acting_as(by):
        assert not QuestionSet.objects.filter(pk=first.pk).exists(), "the second wall closed too"
        with pytest.raises(NotFound):
            services.consult_questions(by=by, question_set=first.id, at=later(4))
        with pytest.raises(NotFound):
            services.tell_event(
                by=by, question_set=first.id, event="verdict", on=later(3).date(), at=later(4)
            )
