"""Stage 2 for very many units: the same plan over columns of binary numbers, exact wherever an order is close."""
