"""Policy and records become results here: a plan of steps, measures out of SQL, exact scores with states."""
