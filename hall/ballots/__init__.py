"""One voting: questions, frozen roll, window, sheets, count."""
