"""Files become records here: read as text, converted once under the policy's contract, every row accounted for."""
