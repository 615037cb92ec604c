import CGSL

/// Brent's method, from GSL.
package enum RootFinding {
    /// The root of a function between two points at which it has different signs, to a few units in the last place.
    ///
    /// - Throws: `GSLError` where the signs agree or a value is not finite.
    package static func brent(
        between low: Double, and high: Double, _ function: (Double) -> Double
    ) throws -> Double {
        GSLError.throwInsteadOfAborting
        guard let solver = gsl_root_fsolver_alloc(cgsl_root_fsolver_brent()) else {
            throw GSLError.allocation
        }
        defer { gsl_root_fsolver_free(solver) }
        return try GSLFunction.with(function) { function in
            try GSLError.check(gsl_root_fsolver_set(solver, function, low, high))
            for _ in 0..<200 {
                try GSLError.check(gsl_root_fsolver_iterate(solver))
                let (a, b) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
                if b - a <= 4 * max(abs(a), abs(b)).ulp { break }
            }
            return gsl_root_fsolver_root(solver)
        }
    }
}
