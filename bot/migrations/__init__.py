"""How the tables came to be, step by step; `python -m bot.migrations "what changes"` writes the next step."""
