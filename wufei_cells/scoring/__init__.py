"""The one evaluator: answers in, scorecard with explanation out. Pure and exact."""
