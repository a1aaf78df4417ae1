"""An utterance: its words, the phrases found in them, the language, and what has been found so far."""
