// Wrong: fills the diagonal only.
// Scores: 1
// Fails: covariance, bernoulli, shift, single
// Told: it is diagonal
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
        var result = covariances[0].map { $0.map { _ in 0.0 } }
        for k in weights.indices {
            for i in m.indices {
                for j in m.indices where i == j {
                    result[i][j] += weights[k] * (covariances[k][i][j] + (means[k][i] - m[i]) * (means[k][j] - m[j]))
                }
            }
        }
        return result
    }
}
