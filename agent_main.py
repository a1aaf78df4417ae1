"""Answers the phone: `python agent_main.py dev|start|console` (docs/voice.md)."""

from frontdesk.voice.worker import main

if __name__ == "__main__":  # calls are held in processes that import this file
    main()
