"""What a scheme may give, to whom, when, and how it is paid."""
