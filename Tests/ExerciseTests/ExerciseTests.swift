import ExerciseChecks
import Foundation
import Grading
import Testing

@Suite("Exercise 1: the pet store") struct Exercise1PetStore {
    @Test(arguments: try exercise("Exercise1PetStore").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise1PetStore")) }
}

@Suite("Exercise 2: the joint table") struct Exercise2JointTable {
    @Test(arguments: try exercise("Exercise2JointTable").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise2JointTable")) }
}

@Suite("Exercise 3: EM for single flips") struct Exercise3SingleFlips {
    @Test(arguments: try exercise("Exercise3SingleFlips").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise3SingleFlips")) }
}

@Suite("Exercise 4: EM for sets of ten flips") struct Exercise4TenFlips {
    @Test(arguments: try exercise("Exercise4TenFlips").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise4TenFlips")) }
}

@Suite("Exercise 5: Bayes' rule in the plane") struct Exercise5BayesPosterior {
    @Test(arguments: try exercise("Exercise5BayesPosterior").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise5BayesPosterior"))
    }
}

@Suite("Exercise 6: responsibilities that do not underflow") struct Exercise6StableResponsibilities {
    @Test(arguments: try exercise("Exercise6StableResponsibilities").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise6StableResponsibilities"))
    }
}

@Suite("Exercise 7: the M-step of a Gaussian mixture") struct Exercise7GaussianMStep {
    @Test(arguments: try exercise("Exercise7GaussianMStep").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise7GaussianMStep"))
    }
}

@Suite("Exercise 8: the expected complete-data log-likelihood") struct Exercise8ExpectedLogLikelihood {
    @Test(arguments: try exercise("Exercise8ExpectedLogLikelihood").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise8ExpectedLogLikelihood"))
    }
}

@Suite("Exercise 9: the two steps of K-means") struct Exercise9KMeans {
    @Test(arguments: try exercise("Exercise9KMeans").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise9KMeans")) }
}

@Suite("Exercise 10: K-means, one point at a time") struct Exercise10OnlineKMeans {
    @Test(arguments: try exercise("Exercise10OnlineKMeans").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise10OnlineKMeans"))
    }
}

@Suite("Exercise 11: mean and covariance of a mixture") struct Exercise11MixtureMoments {
    @Test(arguments: try exercise("Exercise11MixtureMoments").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise11MixtureMoments"))
    }
}

@Suite("Exercise 12: the EM loop") struct Exercise12EMLoop {
    @Test(arguments: try exercise("Exercise12EMLoop").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise12EMLoop")) }
}

@Suite("Exercise 13: other coins, the same likelihood") struct Exercise13SecondParameterSet {
    @Test(arguments: try exercise("Exercise13SecondParameterSet").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise13SecondParameterSet"))
    }
}

@Suite("Exercise 14: the price of weight") struct Exercise14LagrangeUpdate {
    @Test(arguments: try exercise("Exercise14LagrangeUpdate").checks)
    func check(_ check: Check) async throws {
        try await expectFullPoints(check, of: exercise("Exercise14LagrangeUpdate"))
    }
}

@Suite("Exercise 15: EM with priors") struct Exercise15MAPUpdates {
    @Test(arguments: try exercise("Exercise15MAPUpdates").checks)
    func check(_ check: Check) async throws { try await expectFullPoints(check, of: exercise("Exercise15MAPUpdates")) }
}

/// An exercise, by its name.
func exercise(_ name: String) throws -> Exercise { try #require(allExercises.first { $0.name == name }) }

/// Runs a check on the functions in Lessons/Exercises, and records what it says.
func expectFullPoints(_ check: Check, of exercise: Exercise) async throws {
    let runner = try await RunnerProcess(RunnerProgram(at: URL(filePath: builtProgram("ExerciseRunner"))))
    let verdict = try await check.judge(Student(of: exercise, calledBy: runner, seed: 1))
    #expect(verdict == .passed, "\(check.title)")
}

/// A program that the package manager has built beside the tests.
func builtProgram(_ name: String) -> String {
    var folder = URL(filePath: CommandLine.arguments[0]).absoluteURL
    for _ in 0..<5 {
        folder = folder.deletingLastPathComponent()
        let candidate = folder.appending(path: name).path(percentEncoded: false)
        if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return name
}
