"""What the published experiments left: the parameters fitted to them, and which studies stand behind what."""
