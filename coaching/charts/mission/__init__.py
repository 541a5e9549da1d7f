"""How a mission statement grows: figures of its words, themes and convergence."""
