"""What Wagtail's pages show besides their own text."""
