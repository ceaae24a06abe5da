/// A part of a class, for one of several machines: "3/10" is the third of ten.
public struct Shard: Sendable, Equatable {
    /// Which part, from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Reads "3/10"; nil if it is no part.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], 1...max(1, count) ~= number, count > 0
        else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Every tenth, beginning with the third: whoever hands in early or late, or is called so, all parts are equally large.
    public func of<Element>(_ all: [Element]) -> [Element] {
        all.indices.filter { $0 % count == number - 1 }.map { all[$0] }
    }
}
