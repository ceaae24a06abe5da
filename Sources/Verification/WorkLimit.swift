/// A limit on how much a second route may compute, counted in work and not in seconds, so that it is the same on every machine.
public enum WorkLimit {
    /// Runs `body`, which reports its work as it goes.
    ///
    ///     let found = try WorkLimit.run(1_000_000) { spend in
    ///         try NelderMead.maximum(of: { try spend(rows.count); return try f($0) }, from: start)
    ///     }
    ///
    /// Some searches take a point where the function throws for one outside its domain; so the limit is looked at once more at
    /// the end, and what such a search then returns does not get out.
    ///
    /// - Parameters:
    ///   - limit: the most work, in the units that `body` reports; nil for as much as it takes.
    ///   - body: what is to be run; its argument is called with the work that is about to be done.
    /// - Throws: ``VerificationError/tooMuchWork(limit:)``, or what `body` throws.
    public static func run<Value>(
        _ limit: Int?, _ body: (_ spend: (Int) throws -> Void) throws -> Value
    ) throws -> Value {
        guard let limit else { return try body { _ in } }
        var left = limit
        let result = Result {
            try body { work in
                left = left >= 0 ? left.subtractingReportingOverflow(max(0, work)).partialValue : left
                if left < 0 { throw VerificationError.tooMuchWork(limit: limit) }
            }
        }
        if left < 0 { throw VerificationError.tooMuchWork(limit: limit) }
        return try result.get()
    }
}
