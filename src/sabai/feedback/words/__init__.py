"""What people wrote: themes, moods, quotes, reasons for leaving, features that are missing."""
