"""What `frontdesk check` looks at beyond what every start of a call needs: text messages, prompts, and what our sentences invite to say."""
