"""What an office hands in: the measures drafted from its gaps, the leader's page, the answers of the national form."""
