"""Files of residents and staff: taken from forms, and served so that they can do no harm."""

from hall.web.files.views import bp, take, take_all

__all__ = ["bp", "take", "take_all"]
