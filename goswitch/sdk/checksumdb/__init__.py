"""The checksum database: Go's public, append-only log of what every module version holds.

`note.py` verifies who signed a tree head, `tiles.py` computes with the log's hash tree, `client.py` asks and proves,
`settings.py` says which log GOSUMDB means.
"""
