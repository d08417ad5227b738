"""What people and tools read: findings, results and the calculation, as text, tables and data."""
