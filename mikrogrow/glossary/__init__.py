"""What the words of the interface mean, as the page Sanasto explains them."""
