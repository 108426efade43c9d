"""The index of messages' words: another kind of table on each backend, made and dropped with the rest."""

from sqlalchemy import event
from sqlalchemy.schema import DDL

from ..fulltext import FORMS
from .columns import metadata


def _listen(moment: str, backend: str, statement: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    event.listen(metadata, moment, ddl.execute_if(dialect=backend))


for _backend, _form in FORMS.items():
    for _statement in _form.ddl:
        _listen("after_create", _backend, _statement)
    for _statement in _form.drop:
        _listen("before_drop", _backend, _statement)
