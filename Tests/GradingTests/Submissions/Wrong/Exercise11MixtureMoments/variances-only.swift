// Wrong: returns a list of variances in a single row.
// Scores: 1
// Fails: covariance, bernoulli, shift, single
// Told: numbers were expected in all
// swift-format-ignore-file

public enum Exercise11 {
    public static func mean(weights: [Double], means: [[Double]]) -> [Double] {
        var mean = [Double](repeating: 0, count: means[0].count)
        for k in weights.indices {
            for d in mean.indices { mean[d] += weights[k] * means[k][d] }
        }
        return mean
    }

    public static func covariance(
        weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        let m = mean(weights: weights, means: means)
        return [
            m.indices.map { d in
                weights.indices.reduce(0) { $0 + weights[$1] * (covariances[$1][d][d] + (means[$1][d] - m[d]) * (means[$1][d] - m[d])) }
            }
        ]
    }
}
