"""What a doctor finds: program, place, server and store, each with a verdict; nothing is ever changed.

A room for each kind of finding; `examining` asks them all. What cannot be asked – a server that does not
answer, a file that is none – is a finding itself, and the others are told all the same.
"""
