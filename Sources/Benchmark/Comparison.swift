import Foundation

/// The cases of the table, fitted by us and by others.
///
/// Every program keeps its data, and all are asked in turn for one measurement, round after round, so that a change of the
/// machine's mood meets all of them.
struct Comparison {
    /// A program with one of its settings.
    struct Contender {
        let label: String
        let worker: WorkerProcess
        /// How many threads it has.
        let threads: Int
        /// The instruction set, if it is we.
        let instructionSet: Int?
    }

    let peers: [WorkerProcess]
    let rounds: Int

    func run(_ gate: inout LoadGate, _ report: inout Report) throws {
        let ours = try WorkerProcess([Places.program.path, "--worker"])
        gate.workers = ([ours] + peers).map(\.identifier)
        defer { gate.workers = [] }
        let settings = Machine.instructionSets.indices.flatMap { set in [1, 2].map { (set, $0) } }
        var contenders = settings.map { set, threads in
            Contender(
                label: "\(ours.name), \(Machine.instructionSets[set])", worker: ours, threads: threads,
                instructionSet: set + 1)
        }
        for peer in peers {
            for threads in peer.name.hasPrefix("mclust") ? [1] : [1, 2] {
                contenders.append(Contender(label: peer.name, worker: peer, threads: threads, instructionSet: nil))
            }
        }

        var times = contenders.map { _ in Case.table.map { _ in [Double]() } }
        var values = contenders.map { _ in Case.table.map { _ in Double.nan } }
        for round in 0...rounds {  // the first one warms up
            for (c, problem) in Case.table.enumerated() {
                for (i, contender) in contenders.enumerated() {
                    let request = "\(problem.name) \(contender.threads) \(contender.instructionSet ?? 0)"
                    if round == 0 {
                        let answer = try contender.worker.ask(request)
                        values[i][c] = answer[1]
                        // No more than one part in a billion: that is far above rounding, and far below a step.
                        if answer.count > 2, answer[2] < 1e-9 {
                            report.refuse(
                                "after \(problem.steps) steps case \(problem.name) has converged, and some programs stop earlier."
                            )
                        }
                        continue
                    }
                    let seconds = try gate.measure {
                        // Short fits are repeated, so that company can be noticed.
                        var all: [Double] = []
                        repeat { all.append(try contender.worker.ask(request)[0]) } while all.reduce(0, +) < 0.4
                        return median(all)
                    }
                    times[i][c].append(seconds)
                }
            }
        }
        show(contenders, times.map { $0.map(median) }, values, &report)
    }

    private func show(_ contenders: [Contender], _ times: [[Double]], _ values: [[Double]], _ report: inout Report) {
        let best = contenders.lastIndex { $0.instructionSet != nil } ?? 0
        var isEqual = contenders.map { _ in Case.table.map { _ in true } }
        var largest = 0.0
        for i in contenders.indices {
            for (c, problem) in Case.table.enumerated() {
                let difference = ((values[i][c] - values[best][c]) / values[best][c]).magnitude
                largest = max(largest, difference)
                guard !(difference <= 1e-9) else { continue }
                isEqual[i][c] = false
                report.refuse(
                    "the log-likelihood of \(contenders[i].label) in case \(problem.name) is \(values[i][c]), "
                        + "not \(values[best][c]) as ours: not the same steps.")
            }
        }
        report.add(
            "Seconds for a fit with exactly the stated number of steps from the same start, medians of \(rounds) rounds. "
                + "All final log-likelihoods agree within \(String(format: "%.0e", largest)), relative.")
        report.addTable(
            ["", "threads"] + Case.table.map(\.title),
            contenders.indices.map { i in
                [contenders[i].label, "\(contenders[i].threads)"]
                    + Case.table.indices.map { c in isEqual[i][c] ? duration(times[i][c]) : "refused" }
            })
        guard !peers.isEmpty else { return }
        report.add(
            "How many times as long another program takes, with the better of its settings, as this package with two threads:"
        )
        report.addTable(
            ["another program", "this package with"] + Case.table.map(\.name),
            peers.map(\.name).flatMap { peer in
                Machine.instructionSets.indices.reversed().map { set in
                    let mine = contenders.indices.filter {
                        contenders[$0].instructionSet == set + 1 && contenders[$0].threads == 2
                    }
                    let theirs = contenders.indices.filter { contenders[$0].label == peer }
                    return [peer, Machine.instructionSets[set]]
                        + Case.table.indices.map { c in
                            let times = (mine + theirs).map { isEqual[$0][c] ? times[$0][c] : .infinity }
                            let ratio = (times.dropFirst().min() ?? .infinity) / times[0]
                            return ratio.isFinite ? factor(ratio) : "refused"
                        }
                }
            })
    }
}

extension Benchmark {
    /// Answers each line "case threads instruction-set" with "seconds log-likelihood last-gain".
    func work() throws {
        var prepared: [String: Prepared] = [:]
        for problem in Case.table { prepared[problem.name] = try Prepared(problem) }
        print("this package")
        fflush(nil)
        while let request = readLine()?.split(separator: " "), request.count == 3 {
            guard let threads = Int(request[1]), let set = Int(request[2]),
                let timing = try prepared[String(request[0])]?.fit(threads: threads, instructionSet: set)
            else { return }
            print(timing.seconds, timing.logLikelihood, timing.lastGain)
            fflush(nil)
        }
    }
}
