import ArgumentParser
import Foundation
import MixtureModels

/// How fast EM is on this machine.
///
/// Every fit takes exactly its number of steps from a fixed start. Its time goes from data in memory to the last row. Nothing here
/// is a test: on a busy machine the measurements take longer, or say that they had company.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How fast EM is on this machine, alone or beside other programs.",
        discussion: """
            Prints Markdown. With --peers, scikit-learn and pandas (installed from PyPI into .build/benchmark), Armadillo \
            (g++ and libarmadillo-dev), mclust and data.table (r-cran-mclust, r-cran-data.table) do the same work on the same \
            numbers in the same rounds, so far as they are there; that takes about a quarter of an hour on a quiet machine.
            """)

    @Flag(help: "Measure other programs too.") var peers = false
    @Flag(help: "Write what is printed into Sources/Benchmark/README.md, between the two marks there.") var readme =
        false
    @Option(parsing: .unconditional, help: "How many rounds of measurements; the table shows medians.")
    var rounds = 5
    @Option(
        parsing: .unconditional,
        help: "Seconds to wait, before each measurement, for the other programs of the machine to be idle.")
    var patience = 60.0

    @Flag(help: .hidden) var worker = false
    @Option(help: .hidden) var readCSV: String?

    func validate() throws {
        guard (1...1000).contains(rounds) else {
            throw ValidationError("--rounds must be from 1 to 1000, not \(rounds)")
        }
        guard (0...86_400).contains(patience) else {
            throw ValidationError("--patience must be from 0 to 86400: seconds, of a day at the most")
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)  // a peer that ends early is an error that can be named
        if worker { return try work() }
        if let readCSV { return print(try CSVReading.ofThisPackage(readCSV)) }

        var gate = LoadGate(patience: patience)
        var report = Report()
        report.add(Machine.description)
        let peers = self.peers ? Peers.present(report: &report) : []
        try Comparison(peers: peers, rounds: rounds).run(&gate, &report)
        try Coins.run(rounds, &gate, &report)
        try Scaling.run(rounds: min(rounds, 3), &gate, &report)
        if self.peers { try CSVReading.compare(rounds: min(rounds, 3), &gate, &report) }
        try LessonTimes.run(rounds, &gate, &report)
        report.add(gate.summary)
        if readme { try report.writeIntoReadme() }
        guard report.isSound else { throw ExitCode.failure }
    }
}
