// Wrong: forgets to subtract the product of the means.
// Scores: 1
// Fails: covariance, bernoulli, shift, single
// Told: the product of the means is not taken off
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
                for j in m.indices {
                    result[i][j] += weights[k] * (covariances[k][i][j] + means[k][i] * means[k][j])
                }
            }
        }
        return result
    }
}
