"""The money side as pages: who stays, what they pay, what they are worth, what will renew, who owes."""
