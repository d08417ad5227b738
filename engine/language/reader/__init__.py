"""The reader: from the bytes of a policy file to a `Document`.

`files` turns bytes into text, `blocks` and `slips` look at the lines before YAML does, `frame` reads
YAML's events into a `tree`, `shape` holds the tree against the published schema, `header` and
`sources` make values of it, `document` calls them in this order and hands the sentences to the parser.
"""

from engine.language.reader.document import read_document
from engine.language.reader.files import read_source

__all__ = ["read_document", "read_source"]
