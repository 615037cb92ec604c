import CGSL

/// Real roots of a x² + b x + c, without loss of digits, by GSL.
package enum QuadraticEquation {
    /// The roots in ascending order; `count` says how many there are, and a linear equation has one at most.
    package static func roots(
        _ a: Double, _ b: Double, _ c: Double
    ) -> (count: Int, first: Double, second: Double) {
        var (first, second) = (0.0, 0.0)
        let count = gsl_poly_solve_quadratic(a, b, c, &first, &second)
        return (Int(count), first, second)
    }
}
