"""Counties nobody has seen: made-up deliveries unlike the shipped demo, and a judge that scores the product on them."""
