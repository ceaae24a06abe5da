import Files
import Foundation

/// The other programs: they get the same doubles, the same starts and the same numbers of steps.
enum Peers {
    static let python = Places.cache.appendingPathComponent("venv/bin/python").path
    static let pinned = ["scikit-learn==1.9.1", "numpy==2.4.6", "scipy==1.17.1", "pandas==3.1.1"]

    /// Everybody who is there. The report says who is missing, and what would help.
    static func present(report: inout Report) -> [WorkerProcess] {
        do { try writeCases() } catch {
            report.refuse("the data for the others cannot be written: \(error)")
            return []
        }
        let cases = Case.table.map { "\($0.name),\($0.rows),\($0.columns),\($0.components),\($0.steps)" }
        func source(_ name: String) -> String { Places.sources.appendingPathComponent(name).path }
        let armadillo = Places.cache.appendingPathComponent("armadillo").path
        let folder = Places.cache.path
        var workers: [WorkerProcess] = []
        func add(_ name: String, _ remedy: String, prepared: Bool = true, _ command: [String]) {
            if prepared, let worker = try? WorkerProcess(command + [folder] + cases) {
                workers.append(worker)
            } else {
                report.add("Without \(name): \(remedy).")
            }
        }
        add(
            "scikit-learn", "Python 3.11 with venv, and PyPI within reach", prepared: installPython(),
            [python, source("peers.py"), "fit"])
        add(
            "Armadillo", "`apt install g++ libarmadillo-dev`",
            prepared: output(of: ["g++", "-O2", "-fopenmp", source("peers.cpp"), "-o", armadillo, "-larmadillo"])
                != nil,
            [armadillo])
        add("mclust", "`apt install r-cran-mclust`", ["Rscript", source("peers.R"), "fit"])
        return workers
    }

    private static func installPython() -> Bool {
        let venv = Places.cache.appendingPathComponent("venv").path
        if !FileManager.default.isExecutableFile(atPath: python), output(of: ["python3", "-m", "venv", venv]) == nil {
            return false
        }
        return output(of: [python, "-m", "pip", "install", "-q"] + pinned) != nil
    }

    /// Writes data and starts (weights, means, covariances) as files of doubles.
    private static func writeCases() throws {
        try makeFolder(Places.cache.path)
        for problem in Case.table {
            let start = try problem.start()
            let numbers =
                start.weights + start.components.flatMap(\.mean) + start.components.flatMap(\.covariance.values)
            try write(numbers, "\(problem.name).start")
            try write(problem.data().flatMap { $0 }, "\(problem.name).data")
        }
    }

    private static func write(_ numbers: [Double], _ name: String) throws {
        try writeAtomically(numbers.withUnsafeBytes(Array.init), to: Places.cache.appendingPathComponent(name).path)
    }
}
