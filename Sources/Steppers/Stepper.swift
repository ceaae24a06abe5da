import Notebook

/// A page on which the iterations of a lesson can be followed half-step by half-step.
public struct Stepper: Sendable {
    /// The pictures that the page can draw; each is a file in `Page`.
    public enum Picture: String, Sendable {
        /// Points in the plane, with Gaussians as ellipses or the centres of K-means.
        case plane
        /// Head counts as bars, and the coins on an axis.
        case coins
        /// Two coins as a point of the plane, with all pairs that explain the counts.
        case pair
        /// One unknown coin: the log-likelihood, and the bound below it.
        case curve
        /// Images of zeros and ones, with mean images.
        case pixels

        /// The files of the page that draw it. Coins are told of in the same words in all their pictures.
        var scripts: [String] {
            switch self {
            case .plane, .coins, .pixels: [rawValue]
            case .pair, .curve: ["coins", rawValue]
            }
        }
    }

    /// The lesson's number.
    public let lesson: Int
    /// What the page shows of a run.
    let picture: @Sendable (FitSummary) -> Picture
    /// The title, after the lesson's number.
    public let title: String
    /// What to look at, said of one run.
    let see: @Sendable (FitSummary) -> String

    /// The page of a lesson with this number; nil if it has none.
    public static func of(lesson: Int) -> Stepper? { all.first { $0.lesson == lesson } }

    /// The lessons with iterations. For another one, give its ``Report/fit`` a path (``FitSummary/following(_:of:name:held:)``), and add
    /// it here.
    public static let all = [
        Stepper(lesson: 3, picture: { _ in .plane }, title: "EM for Gaussians, half a step at a time") { fit in
            """
            \(fit.subject(of: "points")), and nobody wrote down which class each came from. Watch the ellipses and the colours take \
            turns: the E-step shares every point out between the ellipses, the M-step moves each ellipse to its share.
            """
        },
        Stepper(lesson: 4, picture: { _ in .coins }, title: "EM for coins, half a step at a time") { fit in
            fit.flips == 1
                ? """
                \(fit.count(of: "flips")), each of one of \(fit.weights.count) coins, and nobody wrote down which. Watch how soon it is \
                over: the coins move once, and never again, for single flips tell how often heads come, and no more.
                """
                : """
                \(fit.count(of: "sets")) of \(fit.flips) flips, each of one of \(fit.weights.count) coins, and nobody wrote down \
                which. Watch bars and coins take turns: the E-step shares the bars out between the coins, the M-step moves each \
                coin to the share of heads in what it was given.
                """
        },
        Stepper(lesson: 5, picture: { _ in .pair }, title: "What EM can know about two coins") { fit in
            switch fit.flips {
            case 1:
                """
                One flip of each coin that is picked: only the share of heads is seen. Watch one step lead into the grey, and nothing \
                move after that. Drag the point: every place in the grey is as good as any other.
                """
            case 2:
                """
                Two flips of each coin that is picked. Watch EM go to the grey curve, where it stays: all pairs on it explain the \
                counts equally well. Drag the point to another start, and EM ends at another pair.
                """
            default:
                """
                \(fit.flips) flips of each coin that is picked. Watch EM go to one of two grey discs, which are the same two coins \
                with their names exchanged: from three flips on, there is one answer.
                """
            }
        },
        Stepper(lesson: 7, picture: { _ in .plane }, title: "K-means, half a step at a time") { fit in
            """
            \(fit.subject(of: "points")), to be parted into \(fit.weights.count) clusters. Watch the centres (crosses): every point goes to the \
            nearest, each centre goes to the middle of its points, until no point changes sides.
            """
        },
        Stepper(lesson: 8, picture: { _ in .curve }, title: "Why EM climbs: the bound below the log-likelihood") {
            fit in
            """
            \(fit.subject(of: "sets")) of \(fit.flips) flips, each of a fair coin or of a bent one, whose probability of heads is the \
            one unknown. Watch the dashed curve: the E-step lays it under the log-likelihood, so that it touches where EM \
            stands; the M-step goes to its top.
            """
        },
        images, pitfalls,
    ]
}

extension FitSummary {
    /// How many flips a set of coins has.
    var flips: Int { Int(data?.rows.first?.last ?? 0) }

    /// `Old Faithful: 272 points`.
    func subject(of thing: String) -> String {
        let name = name.map { $0.prefix(1).uppercased() + $0.dropFirst() + ": " } ?? ""
        return name + count(of: thing)
    }

    /// `272 points`.
    func count(of thing: String) -> String {
        let count = data?.counts?.reduce(0, +) ?? Double(data?.rows.count ?? 0)
        return "\(NumberFormat.significant(6).string(count)) \(thing)"
    }
}
