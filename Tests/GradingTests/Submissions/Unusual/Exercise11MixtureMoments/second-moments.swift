// Unusual: subtracts the product of the means from the mean of the products, as equation 9.50 is printed.
// Scores: 6
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
                var second = 0.0
                for k in weights.indices { second += weights[k] * (covariances[k][i][j] + means[k][i] * means[k][j]) }
                return second - m[i] * m[j]
            }
        }
    }
}
