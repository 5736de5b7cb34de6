"""What the product is measured beside: the floor, and the designs of the tutorials."""
