// Hostile: calls itself without end.
// Told: calls itself without end
func deeper(_ n: Double) -> Double { 1 + deeper(n + 1) * 0.5 }
print(deeper(0))
