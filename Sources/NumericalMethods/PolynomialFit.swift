import CGSL

/// A polynomial by weighted least squares (GSL's singular value decomposition).
package struct PolynomialFit: Sendable {
    /// c with y = Σ c_k ((x - center) / scale)^k.
    package let coefficients: [Double]
    package let center: Double
    package let scale: Double
    /// Σ w (y - fit)².
    package let weightedSquares: Double

    /// - Parameters:
    ///   - x: At least `degree + 1` different numbers.
    ///   - weights: Of y, 1/variance.
    /// - Throws: `GSLError`.
    package init(x: [Double], y: [Double], weights: [Double], degree: Int) throws(GSLError) {
        GSLError.throwInsteadOfAborting
        let (low, high) = (x.min() ?? 0, x.max() ?? 0)
        (center, scale) = ((low + high) / 2, max((high - low) / 2, .leastNormalMagnitude))
        let (rows, columns) = (x.count, degree + 1)
        guard let design = gsl_matrix_alloc(rows, columns), let ordinates = gsl_vector_alloc(rows),
            let weight = gsl_vector_alloc(rows), let found = gsl_vector_alloc(columns),
            let covariance = gsl_matrix_alloc(columns, columns),
            let workspace = gsl_multifit_linear_alloc(rows, columns)
        else { throw GSLError.allocation }
        defer {
            gsl_matrix_free(design)
            [ordinates, weight, found].forEach { gsl_vector_free($0) }
            gsl_matrix_free(covariance)
            gsl_multifit_linear_free(workspace)
        }
        for k in 0..<rows {
            var power = 1.0
            for column in 0..<columns {
                gsl_matrix_set(design, k, column, power)
                power *= (x[k] - center) / scale
            }
            gsl_vector_set(ordinates, k, y[k])
            gsl_vector_set(weight, k, weights[k])
        }
        var squares = 0.0
        try GSLError.check(
            gsl_multifit_wlinear(design, weight, ordinates, found, covariance, &squares, workspace))
        coefficients = (0..<columns).map { gsl_vector_get(found, $0) }
        weightedSquares = squares
    }

    package func callAsFunction(_ x: Double) -> Double {
        let z = (x - center) / scale
        return coefficients.reversed().reduce(0) { $0 * z + $1 }
    }

    /// Of the fit at x.
    package func slope(_ x: Double) -> Double {
        let z = (x - center) / scale
        let derivative = coefficients.enumerated().dropFirst().map { Double($0.offset) * $0.element }
        return derivative.reversed().reduce(0) { $0 * z + $1 } / scale
    }
}
