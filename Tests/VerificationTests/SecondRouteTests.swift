import Testing
import Verification

/// What a check keeps of the value and of the second route, for random values of every shape.
struct SecondRouteTests {
    @Test(
        "A check keeps the value it compared, and its verdict is about that value", arguments: 0..<200 as Range<UInt64>)
    func comparesWhatItKeeps(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let value = randomValue(&random)
        // One entry is off by twice as much as any of these routes allows.
        let places = value.entries.count
        let off = min(Int(random.uniform() * Double(places)), places - 1)
        for (kind, route, allowed) in comparisons(with: value) {
            let check = Check(of: value, again: route)
            #expect(check.kind == kind && check.ours == value && check.value == value)
            #expect(check.passed && check.difference == 0)
            var entries = value.entries
            entries[off] += 2 * allowed
            let moved = Check(of: value.replacingEntries(by: entries), again: route)
            #expect(!moved.passed, "\(kind), entry \(off) of \(value)")
            #expect(moved.ours.entries[off] == entries[off])
        }
    }

    @Test(
        "No comparison passes beside a value of another shape; a property may stand there",
        arguments: 0..<200 as Range<UInt64>)
    func shapes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (first, second) = (randomValue(&random), randomValue(&random))
        for (kind, route, _) in comparisons(with: second) {
            let check = Check(of: first, again: route)
            #expect(!check.passed || first.shape == second.shape, "\(kind): \(first) and \(second)")
            #expect((check.problem == nil) == (first.shape == second.shape))
        }
        let property = Check(of: first, again: .property("it holds", by: "looking", the: "violation", is: 0))
        #expect(property.passed && property.kind == .property && property.claim == "it holds")
        #expect(property.ours == first)
    }

    @Test("Each kind has the tolerance of its own sort, unless it is given another")
    func tolerances() {
        func tolerance(_ route: SecondRoute) -> Double { Check(of: 1, again: route).tolerance }
        #expect(tolerance(.exact(1, "")) == Tolerance.rounding().value)
        #expect(tolerance(.exact(1, "", tolerance: .quadrature)) == Tolerance.quadrature.value)
        #expect(tolerance(.difference(1, "")) == Tolerance.centralDifference.value)
        #expect(tolerance(.search(1, "")) == Tolerance.numericalMaximization.value)
        #expect(tolerance(.published(1, decimals: 2, "")) == Tolerance.published(decimals: 2).value)
        let estimate = SimulationEstimate(mean: 1, standardError: 0.1, count: 50)
        #expect(tolerance(.simulation(estimate, "")) == Tolerance.simulation(estimate).value)
        #expect(tolerance(.property("", by: "", the: "", is: 0)) == Tolerance.rounding().value)
        #expect(SecondRoute.Kind.allCases.filter { !$0.isArithmetic } == [.simulation, .published])
    }

    @Test(
        "A number that must not be too small passes from its limit on",
        arguments: [(1e-6, true), (0.5, true), (0.999_999e-6, false), (0, false), (.nan, false)])
    func least(_ measured: Double, _ passed: Bool) {
        let check = Check(of: [1, 2], again: .property("", by: "", the: "p-value", is: measured, atLeast: 1e-6))
        #expect(check.passed == passed)
        #expect(check.least == 1e-6)
    }

    @Test("Standard errors are those of the worst entry; an entry that never varied has to agree by itself")
    func standardErrors() {
        let constant = SimulationEstimate(mean: 0, standardError: 0, count: 100)
        let drawn = SimulationEstimate(mean: 0.5, standardError: 0.125, count: 100)
        let good = Check(of: [0, 0.75], again: .simulation([constant, drawn], ""))
        #expect(good.passed && good.standardErrors == 2)
        let bad = Check(of: [0.1, 0.75], again: .simulation([constant, drawn], ""))
        #expect(!bad.passed && bad.standardErrors == nil && bad.difference == 0.1)
        #expect(Check(of: 0, again: .simulation(constant, "")).standardErrors == nil)
    }

    // MARK: Random values

    /// A second route of each kind that gave exactly this value, and how much it allows.
    private func comparisons(with value: CheckedValue) -> [(SecondRoute.Kind, SecondRoute, Double)] {
        func estimate(_ x: Double) -> SimulationEstimate { SimulationEstimate(mean: x, standardError: 0.25, count: 9) }
        let simulated: SecondRoute =
            switch value {
            case .number(let x): .simulation(estimate(x), "")
            case .vector(let xs): .simulation(xs.map(estimate), "")
            case .matrix(let rows): .simulation(rows.map { $0.map(estimate) }, "")
            }
        var routes: [(SecondRoute.Kind, SecondRoute, Double)] = [
            (.exact, .exact(value, ""), 1e-12), (.difference, .difference(value, ""), 1e-6),
            (.search, .search(value, ""), 1e-5), (.simulation, simulated, 1.25),
        ]
        if case .number(let x) = value { routes.append((.published, .published(x, decimals: 3, ""), 5e-4)) }
        return routes
    }

    private func randomValue(_ random: inout SplitMix64) -> CheckedValue {
        func count() -> Int { 1 + min(Int(3 * random.uniform()), 2) }
        func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in 2 * random.uniform() - 1 } }
        return switch Int(3 * random.uniform()) {
        case 0: .number(2 * random.uniform() - 1)
        case 1: .vector(numbers(count()))
        default: .matrix((0..<count()).map { _ in numbers(count()) })
        }
    }
}

extension CheckedValue {
    /// A value of the same shape with other entries, row by row.
    fileprivate func replacingEntries(by entries: [Double]) -> CheckedValue {
        switch self {
        case .number: return .number(entries[0])
        case .vector: return .vector(entries)
        case .matrix(let rows):
            var rest = entries[...]
            return .matrix(
                rows.map { row in
                    defer { rest = rest.dropFirst(row.count) }
                    return Array(rest.prefix(row.count))
                })
        }
    }
}
