"""The desk: where a customer success team spends its morning. A Django project; every app below is a noun of it."""
