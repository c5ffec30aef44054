"""Where metrics are computed: the reference says what they mean; the others are fast and agree with it to the bit."""
