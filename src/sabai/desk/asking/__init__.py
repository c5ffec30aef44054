"""Who is asked, and who is not and why; the mails that ask."""
