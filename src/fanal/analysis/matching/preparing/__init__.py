"""Records by the million as the comparison and the join read them: what features and keys say, far faster.

Each word, date and value is looked at once, however often it is written; what a record has of them is put together by
compiled loops. The rows are those of `features`; the keys are numbers of this run that are the same for two records
where those of `keys` are.
"""

from .preparation import Prepared, prepare

__all__ = ["Prepared", "prepare"]
