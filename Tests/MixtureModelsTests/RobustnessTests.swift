import MixtureModels
import Testing

/// Runs that go wrong do so in good order.
@Suite struct RobustnessTests {
    @Test func `the last row of a failing run carries the error, and is whole`() throws {
        let steps = Array(try EM(data: [1, 2, 3, 90], start: normals(2, 90)))
        #expect(steps.count == 1)
        guard case .failed(let error) = steps[0].ending else {
            Issue.record("the second component sits on a single value")
            return
        }
        #expect(error.kind == .collapse && error.step == 1 && error.component == 2)
        #expect(steps[0].logLikelihood.isFinite)
    }

    @Test func `a floor or a prior keeps a component on a single value alive`() throws {
        for estimator in [try Estimator.varianceFloor(0.01), try .inverseGammaPrior(shape: 1, scale: 0.1)] {
            let fit = try EM(data: [1, 2, 3, 90], start: normals(2, 90), estimator: estimator).fit()
            #expect(close(fit.mixture.components[1].mean, 90, 1e-12))
        }
        let data: [[Double]] = [[0, 0], [1, 1], [2, 2], [9, 7]]
        for estimator in [
            try Estimator.covariance(.full, floor: 0.01),
            try .inverseWishartPrior(degreesOfFreedom: 4, scale: .identity(2)),
        ] {
            let fit = try EM(data: data, start: planes(), estimator: estimator).fit()
            #expect(fit.last.objective.isFinite)
        }
    }

    @Test func `huge values end in an error or in finite numbers, never in NaN`() throws {
        let sizes = [1e100, 1e153, 1e154, 1e155, 1e200, 1e300, Double.greatestFiniteMagnitude]
        for size in sizes {
            let numbers = [-size, 0, size / 2, size]
            let rows = numbers.map { [$0, 1 - $0 / 3] }
            var generator = SeededGenerator(seed: 5)
            for seed in 0..<5 {
                generator = generator.stream(seed)
                do {
                    let start = try Mixture<Normal>.randomStart(for: numbers, components: 2, using: &generator)
                    for step in try EM(data: numbers, start: start) { #expect(!step.objective.isNaN) }
                } catch { #expect(error is MixtureError) }
                do {
                    let start = try Mixture<MultivariateNormal>.randomStart(
                        for: rows, components: 1, estimator: .covariance(.full, floor: 1), using: &generator)
                    for step in try EM(data: rows, start: start, estimator: .covariance(.tied, floor: 2)) {
                        #expect(!step.objective.isNaN)
                    }
                } catch { #expect(error is MixtureError) }
            }
        }
    }
}
