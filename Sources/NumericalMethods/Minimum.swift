import CGSL

/// Nelder and Mead's simplex method, from GSL.
package enum Minimum {
    /// A local minimum of a function near a point.
    ///
    /// - Parameters:
    ///   - start: Where to begin.
    ///   - steps: How far apart the first simplex's corners are, one number for each of `start`.
    ///   - tolerance: The size of the last simplex.
    /// - Throws: `GSLError`, and what the function throws.
    package static func simplex(
        from start: [Double], steps: [Double], tolerance: Double, _ function: ([Double]) throws -> Double
    ) throws -> [Double] {
        GSLError.throwInsteadOfAborting
        guard
            let minimizer = gsl_multimin_fminimizer_alloc(
                cgsl_multimin_fminimizer_nmsimplex2(), start.count)
        else { throw GSLError.allocation }
        defer { gsl_multimin_fminimizer_free(minimizer) }
        let first = try VectorFunction.vector(start)
        defer { gsl_vector_free(first) }
        let sizes = try VectorFunction.vector(steps)
        defer { gsl_vector_free(sizes) }
        return try withoutActuallyEscaping(function) { function in
            let box = VectorFunction.Box { [try function($0)] }
            var problem = gsl_multimin_function(
                f: { x, box in
                    let box = Unmanaged<VectorFunction.Box>.fromOpaque(box!).takeUnretainedValue()
                    do { return try box.function(VectorFunction.entries(x!))[0] } catch {
                        box.error = error
                        return .nan
                    }
                }, n: start.count, params: Unmanaged.passUnretained(box).toOpaque())
            return try withExtendedLifetime(box) {
                try GSLError.check(gsl_multimin_fminimizer_set(minimizer, &problem, first, sizes))
                for _ in 0..<mostSteps {
                    let status = gsl_multimin_fminimizer_iterate(minimizer)
                    if let error = box.error { throw error }
                    if status != 0 || gsl_multimin_fminimizer_size(minimizer) <= tolerance { break }
                }
                return VectorFunction.entries(gsl_multimin_fminimizer_x(minimizer))
            }
        }
    }

    private static let mostSteps = 20_000
}
