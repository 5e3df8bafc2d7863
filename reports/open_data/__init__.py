"""Everything that was found, as open data: tables for CSV and SQLite, test results as EARL."""
