// Hostile: reads beyond the end of an array.
// Told: Index out of range
let empty: [Int] = []
_ = empty[1]
