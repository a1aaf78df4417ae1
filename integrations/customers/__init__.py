"""Who the business's customers are: a port, and the provider that ships."""
