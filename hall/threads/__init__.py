"""Comment threads: three levels, answers, echoes, moderation; they know nothing of what they hang on."""
