"""What is wrong in the made-up district, and what only looks wrong."""
