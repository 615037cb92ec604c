import CGSL

/// A Swift closure in the form GSL's algorithms call.
enum GSLFunction {
    /// The pointer is good until `body` returns.
    static func with<Result>(
        _ function: (Double) -> Double, _ body: (UnsafeMutablePointer<gsl_function>) throws -> Result
    ) rethrows -> Result {
        try withoutActuallyEscaping(function) { function in
            let box = Box(function)
            var callback = gsl_function(
                function: { Unmanaged<Box>.fromOpaque($1!).takeUnretainedValue().function($0) },
                params: Unmanaged.passUnretained(box).toOpaque())
            return try withExtendedLifetime(box) { try body(&callback) }
        }
    }

    /// Carries a closure through C.
    private final class Box {
        let function: (Double) -> Double
        init(_ function: @escaping (Double) -> Double) { self.function = function }
    }
}
