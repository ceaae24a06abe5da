// Hostile: loops without end.
// Told: an endless loop
var x = 0.5
while x < 1 { x *= 0.5 }
