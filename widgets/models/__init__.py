"""The science: one module per topic, pure functions of numbers that import only math."""
