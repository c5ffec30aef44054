"""What a change of definitions would do, before it is published: bands, money, reasons and proof, side by side."""
