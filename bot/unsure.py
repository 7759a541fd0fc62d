"""What is said when no fact holds on that day: nothing made up, and whom to call."""

from bot.content import Content
from dialogs.reply import Reply, Say

NOT_SURE = "いまの情報では確かなことが言えません。お近くの窓口でご確認ください。"


def unsure(content: Content) -> Reply:
    """The head office, without a word of the book that could be missing too."""
    office = content.book.offices.headquarters
    return (Say(f"{NOT_SURE}\n{office.name} {office.phone or office.url or ''}".rstrip()),)
