import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// ν = a (μ - b)^n above b, and 0 below: a leaky neuron's rate against its drive, as long as it is low.
public struct PowerLaw: Hashable, Sendable {
    /// a in 1/ms for μ in V-units/ms.
    public let factor: Double
    /// b in V-units/ms.
    public let onset: Double
    /// n.
    public let exponent: Double
    /// The root of the mean squared residual, in 1/ms.
    public let residual: Double

    public func callAsFunction(_ drive: Double) -> Double {
        drive > onset ? factor * pow(drive - onset, exponent) : 0
    }

    /// Fitted by least squares to Siegert's rate of a neuron whose noise is its own, up to 10 Hz, over drives from -1/20 to
    /// 3/20 of the reset's height per ms.
    ///
    /// - Throws: `GSLError`.
    public init(fitting model: NeuronModel, noiseStrength: Double) throws {
        let drives = (0...400).map { (Double($0) * 0.0005 - 0.05) * model.resetHeight }
        var points: [(drive: Double, rate: Double)] = []
        for drive in drives {
            let rate = try SiegertRate(
                membraneTimeConstant: model.membraneTimeConstant, restingPotential: model.restingPotential,
                threshold: model.threshold, reset: model.reset, drive: drive, noiseStrength: noiseStrength,
                refractoryPeriod: model.refractoryPeriod
            ).rate
            if rate < Self.highestRate { points.append((drive, rate)) }
        }
        let scale = 0.01 * model.resetHeight
        /// The factor is linear, so that it is found for every onset and exponent.
        func fit(_ shape: [Double]) -> (factor: Double, squares: Double) {
            let powers = points.map { pow(max(0, $0.drive / scale - shape[0]), shape[1]) }
            let norm = powers.reduce(0) { $0 + $1 * $1 }
            let product = zip(powers, points).reduce(0) { $0 + $1.0 * $1.1.rate }
            let factor = norm > 0 ? product / norm : 0
            let squares = zip(powers, points).reduce(0) {
                let gap = $1.1.rate - factor * $1.0
                return $0 + gap * gap
            }
            return (factor, squares)
        }
        var shape = [0.0, 3.0]
        // Once more from where it stopped, since a simplex can collapse before the minimum.
        for _ in 0..<3 {
            shape = try Minimum.simplex(from: shape, steps: [0.5, 0.3], tolerance: 1e-9) { shape in
                shape[1] > 0.1 ? 1e6 * fit(shape).squares : 1e6
            }
        }
        let best = fit(shape)
        (onset, exponent) = (shape[0] * scale, shape[1])
        factor = best.factor / pow(scale, exponent)
        residual = (best.squares / Double(max(1, points.count))).squareRoot()
    }

    /// 10 Hz.
    private static let highestRate = 0.01
}
