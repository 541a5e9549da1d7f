"""A page that opens with a passphrase, in any browser."""
