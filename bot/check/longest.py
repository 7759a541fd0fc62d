"""Measures a text at the longest it can become, whatever the person, the place and the day."""

from collections.abc import Iterator

from bot.content import Content
from knowledge.book import NAME


class Longest:
    """Fills a text with the longest value each name can have."""

    def __init__(self, content: Content) -> None:
        self.content, self.known = content, dict[str, str]()

    def fill(self, text: str) -> str:
        return NAME.sub(lambda match: self.value(match[1]), text)

    def value(self, name: str) -> str:
        if name not in self.known:
            self.known[name] = max(self._values(name), key=len, default="")
        return self.known[name]

    def _values(self, name: str) -> Iterator[str]:
        book = self.content.book
        for fact in book.facts.get(name, ()):
            yield self.fill(fact.value)
        kind, _, rest = name.partition(".")
        if kind == "office":
            id, _, key = rest.partition(".")
            yield str(getattr(book.offices.by_id.get(id), key, ""))
        if name == "worry" or kind == "answer":
            yield from self._labels(rest or "concern")
        yield from self._own(name)

    def _labels(self, asked: str) -> Iterator[str]:
        question = self.content.flow.questions.get(asked)
        if question:
            choices = (choice for form in question.forms for choice in form.choices)
            yield from (choice.label for choice in (*choices, *question.typed))

    def _own(self, name: str) -> Iterator[str]:
        book, flow = self.content.book, self.content.flow
        if name == "advice":
            yield from (f"{o.name} {o.phone}" for o in book.offices.by_id.values()
                        if o.kind in {"advice", "headquarters"})  # fmt: skip
        if name == "self":
            yield from flow.advice.selves.values()
        if name == "operator":
            yield flow.operator.name
        if name == "title":
            yield from (question.title for question in flow.questions.values())
        if name == "limit":
            yield from (
                f.value for id, p in book.facts.items() if id.startswith("limit_") for f in p
            )
        if name == "by":
            yield "令和10年12月31日"
