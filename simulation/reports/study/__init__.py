"""A study to read: figures, HTML report and terminal, in English and Thai."""
