// Hostile: pretends that nothing was attempted.
// Told: not attempted yet
fatalError("YOUR CODE HERE")
