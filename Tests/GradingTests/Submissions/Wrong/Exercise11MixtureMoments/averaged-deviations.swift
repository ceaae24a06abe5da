// Wrong: averages standard deviations instead of variances.
// Scores: 1
// Fails: covariance, bernoulli, shift, single
// Told: standard deviations are averaged
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
        return m.indices.map { i in
            m.indices.map { j in
                var deviation = 0.0
                var covariance = 0.0
                var between = 0.0
                for k in weights.indices {
                    deviation += weights[k] * covariances[k][i][i].squareRoot()
                    covariance += weights[k] * covariances[k][i][j]
                    between += weights[k] * (means[k][i] - m[i]) * (means[k][j] - m[j])
                }
                return (i == j ? deviation * deviation : covariance) + between
            }
        }
    }
}
