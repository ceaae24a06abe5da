import MixtureModels
import Notebook

/// Section 6: label switching, which no number of flips removes.
struct Labels {
    private let story: CoinStory

    init(_ story: CoinStory) { self.story = story }

    func explain(in report: inout Report) throws {
        let ends = try EndsOfEM(story: story, flips: 10, seed: report.seed)
        let ascending = ends.ends.count { $0.heads[0] < $0.heads[1] }
        let total = ends.ends.count
        report.section("What never goes away: the names")
        report.prose(
            #"""
            Even with ten flips per set, EM ends in *two* points, in the last column of [fig:ends-of-em]. They are one pair of coins with two ways
            of calling them first and second. Exchange the names, weights and all, and nothing that can be heard
            changes. Of \#(total) runs of EM with ten flips per set, \#(ascending) called the coin with fewer heads the first, and
            \#(total - ascending) the other: it depends on the start alone.

            This is called **label switching**. $\classcount$ coins have $\classcount !$ orders, so a
            likelihood with one best set of coins has $\classcount !$ equal maxima. It does no harm as long as one remembers it:

            - “identified” always means *up to the order of the components*;
            - never average the parameters of several fits without bringing their components into one order first, for instance by head
              probability, as the tables above do. The average of the two points is two fair coins;
            - a responsibility for “coin 1” means nothing until one has said which coin that is.

            [Lesson:10] looks at what lies between such maxima.
            """#)
        let average = ends.ends.map { $0.heads[0] }.reduce(0, +) / Double(total)
        let orderly = ends.ends.map { $0.sorted.heads[0] }.reduce(0, +) / Double(total)
        report.table(
            ["", "head probability of coin 1"],
            rows: [
                ["average of the \(total) fits as they come", "\(average, .fixed(3))"],
                ["average after sorting each fit's coins", "\(orderly, .fixed(3))"],
            ],
            caption:
                "All these fits are right. Their average is right only if their coins are first brought into one order."
        )
        report.exercise(
            #"""
            A bag has three kinds of coins. How many flips per set do you need, and how many equally good answers will a perfect
            algorithm have to choose from?
            """#,
            answer: #"""
                $2 \times 3 - 1 = 5$ flips per set, and $3 ! = 6$ answers, which differ in the names of the coins only. With
                four flips there are infinitely many answers that differ in more than names.
                """#)
    }
}
