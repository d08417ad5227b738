"""The collected data of the shipped policies: invented companies, seeded chance."""
