// Wrong: ignores the weights in the mean.
// Scores: 0
// Fails: mean, covariance, bernoulli, shift, single
// Told: weights ignored
// swift-format-ignore-file

public enum Exercise11 {
    public static func mean(weights: [Double], means: [[Double]]) -> [Double] {
        var mean = [Double](repeating: 0, count: means[0].count)
        for k in weights.indices {
            for d in mean.indices { mean[d] += means[k][d] / Double(weights.count) }
        }
        return mean
    }

    public static func covariance(
        weights: [Double], means: [[Double]], covariances: [[[Double]]]
    ) -> [[Double]] {
        let m = mean(weights: weights, means: means)
        var result = covariances[0].map { $0.map { _ in 0.0 } }
        for k in weights.indices {
            for i in m.indices {
                for j in m.indices {
                    result[i][j] += weights[k] * (covariances[k][i][j] + (means[k][i] - m[i]) * (means[k][j] - m[j]))
                }
            }
        }
        return result
    }
}
