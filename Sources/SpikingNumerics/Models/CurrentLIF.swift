#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A leaky integrate-and-fire neuron whose noise enters through the synaptic current.
///
/// Between spikes, with time in ms,
///
///     dV = ( -(V - E_L)/τ_m + μ + I ) dt          V in threshold units (or mV)
///     dI = -I/τ_s dt + σ dW                       I in V-units/ms
///
/// and when V reaches `threshold` from below the neuron spikes: V is set to `reset` at once, I runs on.
/// Diffusion enters only through I, so V is continuously differentiable between spikes and a spike is a
/// transversal hit with a finite crossing speed.
///
/// Source: X. Dou, F. Chen, K. K. Lin, Z.-C. Xiao, arXiv:2603.10854.
public struct CurrentLIF: Hashable, Sendable {
    public static let name = "current-lif"

    /// τ_m in ms, positive.
    public var membraneTimeConstant: Double
    /// τ_s in ms, positive.
    public var synapticTimeConstant: Double
    /// E_L in V-units.
    public var restingPotential: Double
    /// V_th in V-units, above `reset`.
    public var threshold: Double
    /// V_r in V-units.
    public var reset: Double
    /// μ in V-units/ms.
    public var drive: Double
    /// σ in V-units/ms^{3/2}, not negative.
    public var noiseStrength: Double
    /// τ_ref in ms, not negative: V is held at `reset` for so long after a spike, while I runs on.
    public var refractoryPeriod: Double

    /// The default test neuron, which fires at about 15 Hz.
    public init(
        membraneTimeConstant: Double = 20, synapticTimeConstant: Double = 5, restingPotential: Double = 0,
        threshold: Double = 1, reset: Double = 0, drive: Double = 0.045, noiseStrength: Double = 0.02,
        refractoryPeriod: Double = 0
    ) {
        self.membraneTimeConstant = membraneTimeConstant
        self.synapticTimeConstant = synapticTimeConstant
        self.restingPotential = restingPotential
        self.threshold = threshold
        self.reset = reset
        self.drive = drive
        self.noiseStrength = noiseStrength
        self.refractoryPeriod = refractoryPeriod
    }

    /// V_th - V_r, the height of the reset.
    public var resetHeight: Double { threshold - reset }

    /// E_L + μ τ_m, where V settles without noise and without threshold.
    public var asymptoticPotential: Double { restingPotential + drive * membraneTimeConstant }

    /// dV/dt at (V, I); at V = `threshold` this is the crossing speed.
    public func slope(voltage: Double, current: Double) -> Double {
        (restingPotential - voltage) / membraneTimeConstant + drive + current
    }

    /// e^{-u/τ_m}: what is left of a difference in V after u ms.
    public func voltageDecay(_ u: Double) -> Double { exp(-u / membraneTimeConstant) }

    /// e^{-u/τ_s}: what is left of a difference in I after u ms.
    public func currentDecay(_ u: Double) -> Double { exp(-u / synapticTimeConstant) }

    /// K(u) = ∫_0^u e^{-(u-s)/τ_m} e^{-s/τ_s} ds: the effect on V of a unit of I, u ms later, in ms.
    ///
    /// Written with expm1, whose argument vanishes with τ_m - τ_s, so that nothing cancels.
    public func synapticKernel(_ u: Double) -> Double {
        let z = u * (1 / synapticTimeConstant - 1 / membraneTimeConstant)
        // e^{-u/τ_s} expm1(z)/z; for z > 0 with e^{-u/τ_m} drawn out, so that nothing overflows.
        if z == 0 { return u * exp(-u / synapticTimeConstant) }
        return z > 0
            ? u * exp(-u / membraneTimeConstant) * -expm1(-z) / z
            : u * exp(-u / synapticTimeConstant) * expm1(z) / z
    }

    /// τ_m (1 - e^{-u/τ_m}): the effect on V of a unit of μ, u ms after it was switched on, in ms.
    public func driveResponse(_ u: Double) -> Double {
        -membraneTimeConstant * expm1(-u / membraneTimeConstant)
    }

    /// log(1 + (V_th - V_r)/(τ_m A)): how a spike that crosses with speed A stretches a small difference in V.
    public func logSaltation(crossingSpeed: Double) -> Double {
        log1p(resetHeight / (membraneTimeConstant * crossingSpeed))
    }
}
