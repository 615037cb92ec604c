import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

/// Means and covariances, at a time T and without a threshold, of a scheme's errors e = X^h - X and of the exact X = (V, I)
/// on the same Brownian path, by the closed linear recursion that they obey: nothing is sampled.
///
/// The recursion is in (e_V, e_I, V, I), of which e is driven by the differences of the two steps, so that small errors are
/// not differences of large moments.
struct ExactMoments {
    private var mean: Matrix
    private var covariance = Matrix(rows: 4, columns: 4)

    init(
        _ scheme: any Scheme.Type, model: NeuronModel, initial: (voltage: Double, current: Double),
        step: Double,
        duration: Double
    ) throws {
        let tested = try AffineStep.read(off: scheme.init(model: model, step: step))
        let exact = try AffineStep.read(off: ExactPropagator(model: model, step: step))
        var transition = Matrix(rows: 4, columns: 4)
        var offset = Matrix(rows: 4, columns: 1)
        var noise = Matrix(rows: 4, columns: 4)
        for i in 0..<2 {
            offset[i, 0] = tested.offset[i, 0] - exact.offset[i, 0]
            offset[i + 2, 0] = exact.offset[i, 0]
            for j in 0..<2 {
                transition[i, j] = tested.transition[i, j]
                transition[i, j + 2] = tested.transition[i, j] - exact.transition[i, j]
                transition[i + 2, j + 2] = exact.transition[i, j]
            }
            for j in 0..<4 {
                noise[i, j] = tested.noise[i, j] - exact.noise[i, j]
                noise[i + 2, j] = exact.noise[i, j]
            }
        }
        let factor = noise * (try LinearFunctionals(model).choleskyFactor(step))
        let perStep = factor * factor.transposed
        mean = Matrix(rows: 4, columns: 1)
        (mean[2, 0], mean[3, 0]) = initial
        for _ in 0..<Int(duration / step) {
            mean = transition * mean + offset
            covariance = transition * covariance * transition.transposed + perStep
        }
    }

    /// Root mean square errors.
    var strongV: Double { (covariance[0, 0] + mean[0, 0] * mean[0, 0]).squareRoot() }
    var strongI: Double { (covariance[1, 1] + mean[1, 0] * mean[1, 0]).squareRoot() }

    /// Signed errors of first and second moments.
    var biasOfMeanV: Double { mean[0, 0] }
    var biasOfMeanI: Double { mean[1, 0] }
    var biasOfVarianceOfV: Double { 2 * covariance[0, 2] + covariance[0, 0] }
    var biasOfVarianceOfI: Double { 2 * covariance[1, 3] + covariance[1, 1] }
    var biasOfCovariance: Double { covariance[0, 3] + covariance[1, 2] + covariance[0, 1] }

    /// Of the exact solution.
    var varianceOfV: Double { covariance[2, 2] }
    var varianceOfI: Double { covariance[3, 3] }
}
