"""The section check of ปัญหา อุปสรรค และข้อเสนอแนะ."""
