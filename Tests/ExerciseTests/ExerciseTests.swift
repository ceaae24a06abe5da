import ExerciseChecks
import Grading
import Testing

// What you have written in Lessons/Exercises, checked one exercise after another:
//
//     swift test --filter Exercise3SingleFlips
//
// An exercise that you have not attempted is reported as such. Your functions run in a process of their own, under limits, so that
// whatever happens in one costs only the check concerned.

@Suite("Exercise 1: the pet store") struct Exercise1PetStore {
    @Test(arguments: checks(of: "Exercise1PetStore"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise1PetStore") }
}

@Suite("Exercise 2: the joint table") struct Exercise2JointTable {
    @Test(arguments: checks(of: "Exercise2JointTable"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise2JointTable") }
}

@Suite("Exercise 3: EM for single flips") struct Exercise3SingleFlips {
    @Test(arguments: checks(of: "Exercise3SingleFlips"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise3SingleFlips") }
}

@Suite("Exercise 4: EM for sets of ten flips") struct Exercise4TenFlips {
    @Test(arguments: checks(of: "Exercise4TenFlips"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise4TenFlips") }
}

@Suite("Exercise 5: Bayes' rule in the plane") struct Exercise5BayesPosterior {
    @Test(arguments: checks(of: "Exercise5BayesPosterior"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise5BayesPosterior") }
}

@Suite("Exercise 6: responsibilities that do not underflow") struct Exercise6StableResponsibilities {
    @Test(arguments: checks(of: "Exercise6StableResponsibilities"))
    func check(_ check: TestCase) async throws {
        try await expectFullPoints(check, of: "Exercise6StableResponsibilities")
    }
}

@Suite("Exercise 7: the M-step of a Gaussian mixture") struct Exercise7GaussianMStep {
    @Test(arguments: checks(of: "Exercise7GaussianMStep"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise7GaussianMStep") }
}

@Suite("Exercise 8: the expected complete-data log-likelihood") struct Exercise8ExpectedLogLikelihood {
    @Test(arguments: checks(of: "Exercise8ExpectedLogLikelihood"))
    func check(_ check: TestCase) async throws {
        try await expectFullPoints(check, of: "Exercise8ExpectedLogLikelihood")
    }
}

@Suite("Exercise 9: the two steps of K-means") struct Exercise9KMeans {
    @Test(arguments: checks(of: "Exercise9KMeans"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise9KMeans") }
}

@Suite("Exercise 10: K-means, one point at a time") struct Exercise10OnlineKMeans {
    @Test(arguments: checks(of: "Exercise10OnlineKMeans"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise10OnlineKMeans") }
}

@Suite("Exercise 11: mean and covariance of a mixture") struct Exercise11MixtureMoments {
    @Test(arguments: checks(of: "Exercise11MixtureMoments"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise11MixtureMoments") }
}

@Suite("Exercise 12: the EM loop") struct Exercise12EMLoop {
    @Test(arguments: checks(of: "Exercise12EMLoop"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise12EMLoop") }
}

@Suite("Exercise 13: other coins, the same likelihood") struct Exercise13SecondParameterSet {
    @Test(arguments: checks(of: "Exercise13SecondParameterSet"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise13SecondParameterSet") }
}

@Suite("Exercise 14: the price of weight") struct Exercise14LagrangeUpdate {
    @Test(arguments: checks(of: "Exercise14LagrangeUpdate"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise14LagrangeUpdate") }
}

@Suite("Exercise 15: EM with priors") struct Exercise15MAPUpdates {
    @Test(arguments: checks(of: "Exercise15MAPUpdates"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise15MAPUpdates") }
}

@Suite("Exercise 16: the lower bound at a point") struct Exercise16LowerBound {
    @Test(arguments: checks(of: "Exercise16LowerBound"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise16LowerBound") }
}

@Suite("Exercise 17: two half-steps uphill") struct Exercise17HalfSteps {
    @Test(arguments: checks(of: "Exercise17HalfSteps"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise17HalfSteps") }
}

@Suite("Exercise 18: the E-step for black and white images") struct Exercise18BernoulliVectors {
    @Test(arguments: checks(of: "Exercise18BernoulliVectors"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise18BernoulliVectors") }
}

@Suite("Exercise 19: how many classes?") struct Exercise19BIC {
    @Test(arguments: checks(of: "Exercise19BIC"))
    func check(_ check: TestCase) async throws { try await expectFullPoints(check, of: "Exercise19BIC") }
}
