import Foundation
import LessonKit
import MixtureModels

/// The JSON file with a start for EM: what fits is taken, and everything else is refused with a sentence.
struct StartFileTarget: FuzzTarget {
    let name = "start"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let (columns, count) = (1 + random.below(4), 1 + random.below(3))
        let shape = random.pick(CovarianceShape.allCases)
        var text = Array(start(count: count, columns: columns, shape: shape, &random).utf8)
        let isSound = random.once(in: 3)
        if !isSound { damage(&text, &random) }
        let asked = random.pick([nil, count, isSound ? nil : count + 1])
        let dimension = isSound || random.once(in: 2) ? columns : 1 + random.below(4)
        let pooled = 2 * Matrix.identity(dimension)
        do {
            let mixture = try StartFile.parse(Data(text), path: "start.json").mixture(
                components: asked, dimension: dimension, shape: shape, pooled: pooled)
            let numbers = mixture.weights + mixture.components.flatMap { $0.mean + $0.covariance.values }
            let fits = mixture.components.allSatisfy { $0.mean.count == dimension } && numbers.allSatisfy(\.isFinite)
            return fits ? .accepted : .broken("what is read does not fit: \(mixture); \(shown(text))")
        } catch let error as LessonError {
            let message = error.description
            guard !isSound else { return .broken("refused with “\(message)”: \(shown(text))") }
            return (10..<1000).contains(message.utf8.count)
                ? .refused : .broken("a message of \(message.utf8.count) bytes: \(shown(text))")
        } catch { return .broken("an error of another kind, \(error): \(shown(text))") }
    }

    private func shown(_ text: [UInt8]) -> String { String(decoding: text.prefix(300), as: UTF8.self).debugDescription }

    /// A file as it should be.
    private func start(
        count: Int, columns: Int, shape: CovarianceShape, _ random: inout SeededGenerator
    ) -> String {
        func list(_ parts: [String]) -> String {
            "[" + parts.joined(separator: random.once(in: 9) ? " ,\n" : ", ") + "]"
        }
        let means = list((0..<count).map { _ in list((0..<columns).map { _ in number(&random) }) })
        var parts = ["\"means\": \(means)"]
        if random.once(in: 2) {
            let sizes = (0..<count).map { _ in 0.1 + random.uniform() }
            parts.append("\"weights\": \(list(sizes.map { "\($0 / sizes.reduce(0, +))" }))")
        }
        if random.once(in: 2) {
            let first = covariance(columns, shape, &random)
            let all = (0..<count).map { k in k == 0 || shape == .tied ? first : covariance(columns, shape, &random) }
            parts.append("\"covariances\": \(list(all.map { list($0.map { list($0) }) }))")
        }
        random.shuffle(&parts)
        return "{" + parts.joined(separator: ",") + "}"
    }

    private func covariance(
        _ columns: Int, _ shape: CovarianceShape, _ random: inout SeededGenerator
    ) -> [[String]] {
        let size = random.pick([0.1, 1, 2.5, 1e-12, 1e12, 1e-290, 1e290])
        let sizes = (0..<columns).map { _ in shape == .spherical ? size : size * (1 + random.uniform()) }
        // Diagonally dominant, and so positive definite.
        let other = shape == .full || shape == .tied ? size * 0.9 / Double(columns) : 0
        return (0..<columns).map { i in (0..<columns).map { j in "\(i == j ? sizes[i] : other)" } }
    }

    private func number(_ random: inout SeededGenerator) -> String {
        random.pick(["0", "-1", "2.5", "1e300", "-1E-300", "12345678901234567890", "0.1"])
    }

    /// Loses, doubles and replaces some of the text; now and then nests it deeply, or replaces it by bytes without any sense.
    private func damage(_ text: inout [UInt8], _ random: inout SeededGenerator) {
        if random.once(in: 30) { text = (0..<random.below(40)).map { _ in UInt8(random.below(256)) } }
        if random.once(in: 40) {
            text = Array(String(repeating: random.pick(["[", "{\"means\":", "[["]), count: 20_000).utf8)
        }
        for _ in 0..<random.pick([1, 1, 2, 5]) where !text.isEmpty {
            let place = random.below(text.count)
            switch random.below(5) {
            case 0: text.remove(at: place)
            case 1: text.insert(text[random.below(text.count)], at: place)
            case 2: text[place] = UInt8(random.below(256))
            case 3: text.insert(contentsOf: random.pick(Self.odd).utf8, at: place)
            default: text.removeSubrange(place..<min(text.count, place + 8))
            }
        }
    }

    private static let odd = [
        "null", "true", "\"", "[", "]", "[]", "{}", "{", "}", ",", ":", "NaN", "1e999", "-", "\\u0000", "\u{FEFF}", "é",
        "\u{0}",
        "\"means\": [],", "\"weights\": [1],", "\"covariances\": [[[]]],", "0x1", "1e-400", "99999999999999999999999",
    ]
}
