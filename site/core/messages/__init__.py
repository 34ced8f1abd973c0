"""What is told to a person, on whichever channel reaches them.

A room's `mail.py` composes its messages; `sending.send` hands one to its channel. A further
channel is one class, one line of `MESSAGE_CHANNELS`, and a template beside the mail's for each
message that it is to carry.
"""
