"""The load client: a process of its own that does little for each frame.

What comes on a socket is kept as it came, with the time; it is read when the load is
over. While it runs, a socket is only searched for what its owner waits for.
"""
