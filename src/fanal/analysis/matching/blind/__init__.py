"""Candidates from keyed keys alone: two services learn whether they know the same person, and neither sends a name.

Who asks sends a `Question`: the keyed hashes of what a record says, with the kind of each key, and nothing else. Who
is asked looks them up in an index of such keys (`Register`), which holds no name either, and answers: hit or no hit.

What the other side learns. Who is asked sees how many keys of which kind a question has (a name of three words, a date
of birth, two identifiers), which of them its own records share, and for these records, which are its own, what stands
behind. It learns nothing of the keys that it does not share, as long as it does not guess. Who asks learns the answer.

What it does not hide. Both hold the secret: each can try every name and every date there is against the keys that it
was sent (a dictionary attack; a telephone number takes seconds). The secret protects against everybody else, such as
who finds the index or reads the line. And whoever asks about many invented people learns which of them are known.
Both are for rules and traces outside this package to limit: who may ask, about whom, how often, and who reads it later.
"""

from .evidence import KINDS
from .learning import TooFew, learn
from .questions import BadQuestions, read_questions, write_questions
from .register import Hit, Question, Register, question
from .weights import BadWeights, Weights

__all__ = [
    "KINDS",
    "BadQuestions",
    "BadWeights",
    "Hit",
    "Question",
    "Register",
    "TooFew",
    "Weights",
    "learn",
    "question",
    "read_questions",
    "write_questions",
]
