"""The digest: mails and a webhook after a night, each thing told once."""
