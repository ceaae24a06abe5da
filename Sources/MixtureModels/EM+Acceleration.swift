// Where components overlap, EM is slow: each step goes the same small part of the way that is left, and thousands are needed.
// Then the way there can be foreseen (Aitken 1926; Varadhan and Roland 2008, "SQUAREM").

extension EM {
    /// A row further on, foreseen from the responsibilities of three iterates in turn; nil if it would not be higher than `plain`,
    /// the row that EM reaches anyway.
    ///
    /// With r = q1 - q0 and v = (q2 - q1) - r, the guess is q0 - 2αr + α²v for α = -‖r‖ / ‖v‖, kept between 0 and 1. It consists of
    /// responsibilities, and so the M-step makes a mixture of it whatever the distribution. For α = -1 it is q2; where it goes
    /// too far, α is taken closer to that.
    func leap(_ path: [Matrix], t: Int, beyond plain: EMStep<C>) -> EMStep<C>? {
        let q = path.map(\.values)
        let first = zip(q[1], q[0]).map(-)
        let second = zip(zip(q[2], q[1]).map(-), first).map(-)
        let columns = path[0].columns
        func length(_ v: [Double]) -> Double {
            v.indices.reduce(0) { $0 + multiplicity($1 / columns, counts) * v[$1] * v[$1] }.squareRoot()
        }
        var α = -length(first) / length(second)
        for _ in 0..<4 where α < -1.01 && α.isFinite {
            let guess = q[0].indices.map { i in
                Swift.min(1, Swift.max(0, q[0][i] - 2 * α * first[i] + α * α * second[i]))
            }
            var matrix = Matrix(rows: path[0].rows, columns: columns, values: guess)
            matrix.normaliseRows()
            if let row = try? row(t, mStep(matrix)), row.row.objective > plain.row.objective { return row }
            α = (α - 1) / 2
        }
        return nil
    }
}

extension Matrix {
    /// Divides each row by its sum.
    fileprivate mutating func normaliseRows() {
        for i in 0..<rows {
            let sum = row(i).reduce(0, +)
            for j in 0..<columns { self[i, j] = sum > 0 ? self[i, j] / sum : 1 / Double(columns) }
        }
    }
}
