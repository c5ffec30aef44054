"""The statistics of answers, on plain numbers: nothing here knows facts or customers."""
