import CGSL

/// Adaptive integration, from GSL.
package enum Quadrature {
    /// The integral of a smooth function to a relative accuracy, by 61-point Gauss-Kronrod rules.
    ///
    /// - Throws: `GSLError` where the accuracy is not reached.
    package static func integrate(
        from low: Double, to high: Double, relativeAccuracy: Double = 1e-13,
        _ function: (Double) -> Double
    ) throws -> Double {
        guard low < high else { return 0 }
        GSLError.throwInsteadOfAborting
        let intervals = 1000
        guard let workspace = gsl_integration_workspace_alloc(intervals) else { throw GSLError.allocation }
        defer { gsl_integration_workspace_free(workspace) }
        var (result, error) = (0.0, 0.0)
        try GSLFunction.with(function) { function in
            try GSLError.check(
                gsl_integration_qag(
                    function, low, high, 0, relativeAccuracy, intervals, Int32(GSL_INTEG_GAUSS61), workspace,
                    &result, &error))
        }
        return result
    }
}
