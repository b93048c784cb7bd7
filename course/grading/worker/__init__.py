"""What a worker does with one submission, bytes in and bytes out."""
