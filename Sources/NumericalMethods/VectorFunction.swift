import CGSL

/// A Swift closure from vectors to vectors in the form GSL's algorithms call.
enum VectorFunction {
    /// Carries a closure through C.
    final class Box {
        let function: ([Double]) throws -> [Double]
        /// What the closure threw; GSL is told of a failure, and passes on no more than that.
        var error: (any Error)?

        init(_ function: @escaping ([Double]) throws -> [Double]) { self.function = function }
    }

    static func entries(_ vector: UnsafePointer<gsl_vector>) -> [Double] {
        (0..<vector.pointee.size).map { gsl_vector_get(vector, $0) }
    }

    /// A copy, which the caller frees.
    ///
    /// - Throws: `GSLError.allocation`.
    static func vector(_ entries: [Double]) throws(GSLError) -> UnsafeMutablePointer<gsl_vector> {
        guard let vector = gsl_vector_alloc(entries.count) else { throw .allocation }
        for (k, entry) in entries.enumerated() { gsl_vector_set(vector, k, entry) }
        return vector
    }
}
