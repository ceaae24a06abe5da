/// Keeps labels from covering each other.
enum LabelPlacement {
    /// Positions as close as possible to the wanted ones (least squares), in the same order, at least `heights` apart, and inside
    /// the bounds as far as they reach.
    ///
    /// Labels that touch form a group, which is put where its members would be best on average; groups that touch are joined (the
    /// pool-adjacent-violators algorithm).
    static func spread(_ wanted: [Double], heights: [Double], within bounds: ClosedRange<Double>) -> [Double] {
        struct Group {
            var members: [Int]
            /// Sum over members of the wanted position minus the offset inside the group.
            var sum: Double
            var height: Double
            var start: Double { sum / Double(members.count) }
        }
        var groups: [Group] = []
        func clamped(_ group: Group) -> Double {
            min(max(group.start, bounds.lowerBound), max(bounds.lowerBound, bounds.upperBound - group.height))
        }
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        for index in order {
            var group = Group(members: [index], sum: wanted[index] - heights[index] / 2, height: heights[index])
            while let above = groups.last, clamped(above) + above.height > clamped(group) {
                groups.removeLast()
                group = Group(
                    members: above.members + group.members,
                    sum: above.sum + group.sum - above.height * Double(group.members.count),
                    height: above.height + group.height)
            }
            groups.append(group)
        }
        var result = wanted
        for group in groups {
            var top = clamped(group)
            for member in group.members {
                result[member] = top + heights[member] / 2
                top += heights[member]
            }
        }
        return result
    }
}
