import CGSL

/// Powell's hybrid method, from GSL, for as many equations as unknowns.
package enum VectorRoot {
    /// A root of a function near a point, until all residuals together are below a tolerance; nil where the method stops
    /// making progress before.
    ///
    /// - Parameters:
    ///   - start: As many numbers as the function takes and gives.
    ///   - tolerance: Of the sum of the residuals' sizes.
    /// - Throws: `GSLError`, and what the function throws.
    package static func hybrid(
        from start: [Double], tolerance: Double, _ function: ([Double]) throws -> [Double]
    ) throws -> [Double]? {
        GSLError.throwInsteadOfAborting
        guard let solver = gsl_multiroot_fsolver_alloc(cgsl_multiroot_fsolver_hybrids(), start.count) else {
            throw GSLError.allocation
        }
        defer { gsl_multiroot_fsolver_free(solver) }
        let first = try VectorFunction.vector(start)
        defer { gsl_vector_free(first) }
        return try withoutActuallyEscaping(function) { function in
            let box = VectorFunction.Box(function)
            var system = gsl_multiroot_function(
                f: { x, box, values in
                    let box = Unmanaged<VectorFunction.Box>.fromOpaque(box!).takeUnretainedValue()
                    do {
                        for (k, value) in try box.function(VectorFunction.entries(x!)).enumerated() {
                            gsl_vector_set(values, k, value)
                        }
                        return 0
                    } catch {
                        box.error = error
                        return Int32(GSL_EFAILED)
                    }
                }, n: start.count, params: Unmanaged.passUnretained(box).toOpaque())
            return try withExtendedLifetime(box) {
                var status = gsl_multiroot_fsolver_set(solver, &system, first)
                for _ in 0..<mostSteps where status == 0 {
                    if gsl_multiroot_test_residual(solver.pointee.f, tolerance) == 0 { break }
                    status = gsl_multiroot_fsolver_iterate(solver)
                }
                if let error = box.error { throw error }
                guard gsl_multiroot_test_residual(solver.pointee.f, tolerance) == 0 else { return nil }
                return VectorFunction.entries(solver.pointee.x)
            }
        }
    }

    /// Far more than the method takes where it converges.
    private static let mostSteps = 200
}
