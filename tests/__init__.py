"""What rubric promises, as tests; the folders mirror `engine/`."""
