"""What is between a student's code and everything else: the borders, and what runs behind them."""
