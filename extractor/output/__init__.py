"""What people and programs get to see: JSON, its schema, and the report on the terminal."""
