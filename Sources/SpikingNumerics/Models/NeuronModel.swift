#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A noisy integrate-and-fire neuron.  Between spikes, with time in ms,
///
///     dV = ( -(V - E_L)/τ_m + μ + I ) dt          V in threshold units (or mV)
///     dI = -I/τ_s dt                              I in V-units/ms
///
/// with σ dW added to the current or to the voltage, and for a nonlinear neuron with another f(V) in place of the leak.
/// When V reaches `threshold` from below the neuron spikes: V is set to `reset` at once, I runs on.
///
/// Every model of the catalogue is one of these; see ``ModelFamily``.
public struct NeuronModel: Hashable, Sendable {
    /// What the noise acts on.
    public enum NoiseEntry: Hashable, Sendable {
        /// I: V is continuously differentiable between spikes, and a spike is a transversal hit with a finite crossing
        /// speed.  σ is in V-units/ms^{3/2}.
        case current
        /// V itself, whose path then has no slope anywhere.  σ is in V-units/ms^{1/2}.
        case voltage
    }

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
    /// σ, not negative.
    public var noiseStrength: Double
    public var noiseEntry: NoiseEntry
    /// τ_ref in ms, not negative: V is held at `reset` for so long after a spike, while I runs on.
    public var refractoryPeriod: Double
    /// What makes dV/dt nonlinear in V; nil for a leaky neuron.
    public var nonlinearity: Nonlinearity?
    /// Synapses with currents of their own; all neurons of a problem have as many.
    public var receptors = Receptors()

    /// The default test neuron, which fires at about 15 Hz.
    public init(
        membraneTimeConstant: Double = 20, synapticTimeConstant: Double = 5, restingPotential: Double = 0,
        threshold: Double = 1, reset: Double = 0, drive: Double = 0.045, noiseStrength: Double = 0.02,
        noiseEntry: NoiseEntry = .current, refractoryPeriod: Double = 0, nonlinearity: Nonlinearity? = nil
    ) {
        self.membraneTimeConstant = membraneTimeConstant
        self.synapticTimeConstant = synapticTimeConstant
        self.restingPotential = restingPotential
        self.threshold = threshold
        self.reset = reset
        self.drive = drive
        self.noiseStrength = noiseStrength
        self.noiseEntry = noiseEntry
        self.refractoryPeriod = refractoryPeriod
        self.nonlinearity = nonlinearity
    }

    /// V_th - V_r, the height of the reset.
    public var resetHeight: Double { threshold - reset }

    /// σ where the noise acts on I, or 0.
    public var currentNoise: Double { noiseEntry == .current ? noiseStrength : 0 }

    /// σ where the noise acts on V, or 0.
    public var voltageNoise: Double { noiseEntry == .voltage ? noiseStrength : 0 }

    /// 1/τ_m, or 0 where the nonlinearity takes the place of the leak.
    public var leakRate: Double {
        nonlinearity?.replacesLeak == true ? 0 : 1 / membraneTimeConstant
    }

    /// What of dV/dt depends neither on V nor on I: E_L/τ_m + μ.
    public var constantDrift: Double { restingPotential * leakRate + drive }

    // MARK: The leaky neuron's solution

    /// E_L + μ τ_m, where a leaky neuron's V settles without noise and without threshold.
    public var asymptoticPotential: Double { restingPotential + drive * membraneTimeConstant }

    /// e^{-u/τ_m}: what is left of a difference in V after u ms.
    public func voltageDecay(_ u: Double) -> Double { exp(-u * leakRate) }

    /// e^{-u/τ_s}: what is left of a difference in I after u ms.
    public func currentDecay(_ u: Double) -> Double { exp(-u / synapticTimeConstant) }

    /// K(u) = ∫_0^u e^{-(u-s)/τ_m} e^{-s/τ_s} ds: the effect on V of a unit of I, u ms later, in ms.
    ///
    /// Written with expm1, whose argument vanishes with τ_m - τ_s, so that nothing cancels.
    public func synapticKernel(_ u: Double) -> Double {
        let z = u * (1 / synapticTimeConstant - leakRate)
        // e^{-u/τ_s} expm1(z)/z; for z > 0 with e^{-u/τ_m} drawn out, so that nothing overflows.
        if z == 0 { return u * exp(-u / synapticTimeConstant) }
        return z > 0
            ? u * exp(-u * leakRate) * -expm1(-z) / z
            : u * exp(-u / synapticTimeConstant) * expm1(z) / z
    }

    /// τ_m (1 - e^{-u/τ_m}): the effect on V of a unit of μ, u ms after it was switched on, in ms.
    public func driveResponse(_ u: Double) -> Double {
        leakRate == 0 ? u : -membraneTimeConstant * expm1(-u * leakRate)
    }

    // MARK: Spikes

    /// dV/dt at (V, I), I with what receptors bring, without noise; where the noise acts on I, this at V = `threshold` is the crossing speed.
    public func slope(voltage: Double, current: Double) -> Double {
        guard let nonlinearity else {
            return (restingPotential - voltage) / membraneTimeConstant + drive + current
        }
        return constantDrift - leakRate * voltage + current + nonlinearity(voltage)
    }

    /// log(1 + (V_th - V_r)/(τ_m A)): how a leaky neuron's spike that crosses with speed A stretches a small difference in
    /// V.
    public func logSaltation(crossingSpeed: Double) -> Double {
        log1p(resetHeight / (membraneTimeConstant * crossingSpeed))
    }

    /// Their sum over spikes: the logarithm of the product of the factors, as far as that is a number.
    public func logSaltation(_ spikes: [Spike]) -> Double {
        var (sum, product) = (0.0, 1.0)
        for spike in spikes {
            let factor = 1 + resetHeight / (membraneTimeConstant * spike.crossingSpeed)
            if product * factor < .greatestFiniteMagnitude {
                product *= factor
            } else {
                sum += log(product)
                product = factor
            }
        }
        return sum + log(product)
    }
}
