"""Who answered a point d'étape, in one picture."""

from tenir.points.models import Question
from tenir.points.signes import DE_L_ETAT, ORDRE


def test_every_state_of_a_question_has_its_square() -> None:
    assert set(DE_L_ETAT) == set(Question.Etat.values)
    assert set(DE_L_ETAT.values()) == set(ORDRE)
