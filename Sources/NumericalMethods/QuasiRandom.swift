import CGSL

/// Sobol's sequence of points that fill a cube evenly, from GSL; the same at every run.
package struct QuasiRandom: ~Copyable {
    private let generator: UnsafeMutablePointer<gsl_qrng>
    private let dimensions: Int

    /// - Precondition: From 1 to 40 dimensions.
    package init(dimensions: Int) {
        precondition((1...40).contains(dimensions), "Sobol's sequence is known in 1 to 40 dimensions")
        guard let generator = gsl_qrng_alloc(cgsl_qrng_sobol(), UInt32(dimensions)) else {
            preconditionFailure("GSL could not allocate memory")
        }
        (self.generator, self.dimensions) = (generator, dimensions)
    }

    deinit { gsl_qrng_free(generator) }

    /// In (0, 1).
    package mutating func next() -> [Double] {
        var point = [Double](repeating: 0, count: dimensions)
        gsl_qrng_get(generator, &point)
        return point
    }
}
