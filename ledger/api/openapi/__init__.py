"""The OpenAPI document: made of the types that decode and encode."""
