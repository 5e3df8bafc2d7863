"""The web pages: the province, its agencies, what people decide, a document before it is published."""
