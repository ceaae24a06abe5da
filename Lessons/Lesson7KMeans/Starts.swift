import MixtureModels

/// Where K-means may begin.
enum Starts {
    /// K different rows, all equally likely.
    static func randomRows(_ rows: [[Double]], _ count: Int, using generator: inout SeededGenerator) -> [[Double]] {
        var places = Array(rows.indices)
        generator.shuffle(&places)
        return places.prefix(count).map { rows[$0] }
    }

    /// K-means++ (Arthur and Vassilvitskii 2007): the first centre is any row; each further one is a row drawn with probability
    /// proportional to the squared distance to the nearest centre so far.
    ///
    /// - Returns: fewer than `count` centres if there are fewer different rows.
    static func plusPlus(_ rows: [[Double]], _ count: Int, using generator: inout SeededGenerator) -> [[Double]] {
        var centres = [rows[generator.integer(below: rows.count)]]
        var distances = rows.map { Distortion.squared($0, centres[0]) }
        while centres.count < count, distances.contains(where: { $0 > 0 }) {
            let next = rows[generator.categorical(distances)]
            centres.append(next)
            for n in rows.indices { distances[n] = min(distances[n], Distortion.squared(rows[n], next)) }
        }
        return centres
    }
}
