"""Keys, the card that holds them wrapped, and identities."""
