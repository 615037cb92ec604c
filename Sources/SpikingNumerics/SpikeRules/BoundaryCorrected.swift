import NumericalMethods

/// The grid-constrained rule with the threshold lowered by 0.5826 σ √h, for white noise in V.
///
/// A diffusion seen at grid points only has, on average, overshot the threshold by -ζ(1/2)/√(2π) σ √h when it is first
/// seen above it, and so crosses as late as if the threshold were higher by that much.  Lowering it by the same takes the
/// weak order of passage times from 1/2 to 1.
///
/// Source: M. Broadie, P. Glasserman, S. Kou, Math. Finance 7 (1997), doi:10.1111/1467-9965.00035; E. Gobet, S. Menozzi,
/// Stochastic Process. Appl. 120 (2010), doi:10.1016/j.spa.2009.09.014.
public struct BoundaryCorrected: SpikeRule {
    public static let name = "boundary-corrected"
    public static let summary = "white noise in V: grid-constrained, threshold lowered by 0.5826 σ √h"
    public static let reset = Reset.dropsOvershoot

    /// -ζ(1/2)/√(2π), the mean overshoot of a random walk with steps N(0, 1) over a far boundary.
    public static let meanOvershoot = -RiemannZeta.value(0.5) / (2 * Double.pi).squareRoot()

    private let rule: GridConstrained

    public static func refusal(_ model: NeuronModel) -> String? { model.refusalOfWhiteNoiseCorrections }

    public init(model: NeuronModel, step: Double) {
        var lowered = model
        lowered.threshold -= Self.meanOvershoot * model.voltageNoise * step.squareRoot()
        rule = GridConstrained(model: lowered, step: step)
    }

    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        rule.mayCross(from: start, to: end)
    }

    public var linearTest: CrossingTest? { rule.linearTest }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        rule.crossing(from: start, to: end)
    }
}
