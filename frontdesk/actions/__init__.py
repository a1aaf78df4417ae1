"""Work in the outside world that a graph may ask for; each action comes to a typed outcome, never to an exception."""
