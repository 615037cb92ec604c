import CGSL

/// An initial value problem, solved by GSL's explicit Runge-Kutta method of order 8(7) with its step controlled.
///
/// Source: P. J. Prince, J. R. Dormand, J. Comput. Appl. Math. 7 (1981), doi:10.1016/0771-050X(81)90010-3.
package enum DifferentialEquation {
    /// - Parameter slopes: What the state's derivative is; writes it to its second argument.
    /// - Returns: The state after `elapsed`; nil where it grows beyond all numbers before.
    package static func solve(
        from state: [Double], after elapsed: Double, absoluteAccuracy: Double, relativeAccuracy: Double,
        _ slopes: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
    ) -> [Double]? {
        withoutActuallyEscaping(slopes) { slopes in
            let box = Box(dimension: state.count, slopes)
            return withExtendedLifetime(box) {
                var system = gsl_odeiv2_system(
                    function: { _, state, slope, box in
                        let box = Unmanaged<Box>.fromOpaque(box!).takeUnretainedValue()
                        box.slopes(state!, slope!)
                        let isFinite = (0..<box.dimension).allSatisfy { slope![$0].isFinite }
                        return isFinite ? Int32(GSL_SUCCESS) : Int32(GSL_EBADFUNC)
                    },
                    jacobian: nil, dimension: state.count, params: Unmanaged.passUnretained(box).toOpaque())
                let driver = gsl_odeiv2_driver_alloc_y_new(
                    &system, cgsl_odeiv2_step_rk8pd(), elapsed, absoluteAccuracy, relativeAccuracy)
                defer { gsl_odeiv2_driver_free(driver) }
                var (start, reached) = (0.0, state)
                let status = gsl_odeiv2_driver_apply(driver, &start, elapsed, &reached)
                return status == GSL_SUCCESS ? reached : nil
            }
        }
    }

    private final class Box {
        let dimension: Int
        let slopes: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void

        init(
            dimension: Int, _ slopes: @escaping (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
        ) {
            (self.dimension, self.slopes) = (dimension, slopes)
        }
    }
}
