"""What customers said when they were asked: numbers with intervals, who stayed silent, drivers, themes, reasons."""
