import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A kind of synapse with a current of its own beside I, which V feels as it feels I.
///
/// The current x that a spike of weight 1 makes has the height 1: it jumps there and decays, or rises to it,
///
///     dx/dt = -x/τ_decay + y,      dy/dt = -y/τ_rise
///
/// with a jump of x, or where it rises one of y.  Alpha synapses have τ_rise = τ_decay.
///
/// Source: A. Roth, M. C. W. van Rossum, in "Computational Modeling Methods for Neuroscientists", MIT Press 2009,
/// doi:10.7551/mitpress/9780262013277.003.0007.
public struct Receptor: Hashable, Sendable {
    public enum Kernel: Hashable, Sendable {
        /// e^{-t/τ}, τ in ms.
        case exponential(decay: Double)
        /// (t/τ) e^{1-t/τ}, τ in ms.
        case alpha(time: Double)
        /// e^{-t/τ_decay} - e^{-t/τ_rise}, scaled to the height 1; both in ms, in either order.
        case twoExponentials(rise: Double, decay: Double)

        /// How study files write them, and one line about each.
        public static let shapes: [(name: String, summary: String)] = [
            ("{exponential: τ}", "jumps to its height, decays with τ in ms"),
            ("{alpha: τ}", "(t/τ) e^{1-t/τ}: reaches its height τ ms after a spike"),
            ("{rise: τ, decay: τ}", "e^{-t/τ_decay} - e^{-t/τ_rise}, scaled to its height"),
        ]
    }

    public var kernel: Kernel

    public init(_ kernel: Kernel) { self.kernel = kernel }

    /// 1/τ_decay, in 1/ms.
    public var decayRate: Double {
        switch kernel {
        case .exponential(let decay), .twoExponentials(_, let decay): 1 / decay
        case .alpha(let time): 1 / time
        }
    }

    /// 1/τ_rise, in 1/ms; nil where x jumps.
    public var riseRate: Double? {
        switch kernel {
        case .exponential: nil
        case .alpha(let time): 1 / time
        case .twoExponentials(let rise, _): 1 / rise
        }
    }

    /// The jump of x, or of y in 1/ms, that makes the current rise to 1.
    public var gain: Double {
        guard let rise = riseRate else { return 1 }
        let ratio = (rise - decayRate) / decayRate
        let peakTime = ratio == 0 ? 1 / rise : log1p(ratio) / (ratio * decayRate)
        return 1 / ExponentialDifferences.first(decayRate, rise, peakTime)
    }

    /// How many variables it has.
    public var dimension: Int { riseRate == nil ? 1 : 2 }

    /// The shortest of its time constants, ms.
    public var shortestTimeConstant: Double { 1 / max(decayRate, riseRate ?? 0) }

    /// The time integral of a spike's current, ms.
    public var area: Double { gain / decayRate / (riseRate ?? 1) }
}

/// How fast V and a receptor's x and y forget, in 1/ms.
public struct ReceptorRates: Hashable, Sendable {
    /// 1/τ_m.
    public var leak: Double
    public var decay: Double
    /// 0 where x jumps, so that y stays 0.
    public var rise: Double

    public init(leak: Double, decay: Double, rise: Double = 0) {
        (self.leak, self.decay, self.rise) = (leak, decay, rise)
    }

    public init(_ receptor: Receptor, leak: Double) {
        self.init(leak: leak, decay: receptor.decayRate, rise: receptor.riseRate ?? 0)
    }
}

/// What a step makes of a receptor:
///
///     V' = … + a x + b y,      x' = c x + d y,      y' = e y
public struct ReceptorStep: Hashable, Sendable {
    /// a, in ms.
    public var voltageOfCurrent: Double
    /// b, in ms².
    public var voltageOfRise: Double
    /// c.
    public var currentDecay: Double
    /// d, in ms.
    public var currentOfRise: Double
    /// e.
    public var riseDecay: Double

    public init(
        voltageOfCurrent: Double, voltageOfRise: Double, currentDecay: Double, currentOfRise: Double,
        riseDecay: Double
    ) {
        self.voltageOfCurrent = voltageOfCurrent
        self.voltageOfRise = voltageOfRise
        self.currentDecay = currentDecay
        self.currentOfRise = currentOfRise
        self.riseDecay = riseDecay
    }
}

/// Steps of length u of the usual methods for linear equations.
extension ReceptorStep {
    /// The solution.
    public static func exact(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        ReceptorStep(
            voltageOfCurrent: ExponentialDifferences.first(rates.leak, rates.decay, u),
            voltageOfRise: ExponentialDifferences.second(rates.leak, rates.decay, rates.rise, u),
            currentDecay: exp(-u * rates.decay),
            currentOfRise: ExponentialDifferences.first(rates.decay, rates.rise, u),
            riseDecay: exp(-u * rates.rise))
    }

    /// 1 + uA, Euler's.
    public static func firstOrder(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        ReceptorStep(
            voltageOfCurrent: u, voltageOfRise: 0, currentDecay: 1 - u * rates.decay, currentOfRise: u,
            riseDecay: 1 - u * rates.rise)
    }

    /// 1 + uA + u²A²/2.
    public static func secondOrder(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        ReceptorStep(
            voltageOfCurrent: u * (1 - 0.5 * u * (rates.leak + rates.decay)), voltageOfRise: 0.5 * u * u,
            currentDecay: 1 - u * rates.decay * (1 - 0.5 * u * rates.decay),
            currentOfRise: u * (1 - 0.5 * u * (rates.decay + rates.rise)),
            riseDecay: 1 - u * rates.rise * (1 - 0.5 * u * rates.rise))
    }

    /// (1 - uA)⁻¹.
    public static func implicit(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        let (voltage, current) = (1 / (1 + u * rates.leak), 1 / (1 + u * rates.decay))
        let rise = 1 / (1 + u * rates.rise)
        return ReceptorStep(
            voltageOfCurrent: u * current * voltage, voltageOfRise: u * u * rise * current * voltage,
            currentDecay: current, currentOfRise: u * rise * current, riseDecay: rise)
    }

    /// V and x feel for the whole step what was there at its beginning, and both decay as they do.
    public static func frozen(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        ReceptorStep(
            voltageOfCurrent: ExponentialDifferences.first(rates.leak, 0, u), voltageOfRise: 0,
            currentDecay: exp(-u * rates.decay),
            currentOfRise: ExponentialDifferences.first(rates.decay, 0, u), riseDecay: exp(-u * rates.rise))
    }

    /// What decays does so by itself, and then what was there at the beginning is added.
    public static func split(_ rates: ReceptorRates, _ u: Double) -> ReceptorStep {
        ReceptorStep(
            voltageOfCurrent: u, voltageOfRise: 0, currentDecay: exp(-u * rates.decay), currentOfRise: u,
            riseDecay: exp(-u * rates.rise))
    }

    /// What is left or has become of a unit jump, of x or where the receptor rises of y.
    @inline(__always)
    func response(rises: Bool) -> ReceptorResponse {
        rises
            ? ReceptorResponse(voltage: voltageOfRise, current: currentOfRise, rise: riseDecay)
            : ReceptorResponse(voltage: voltageOfCurrent, current: currentDecay, rise: 0)
    }
}

/// What has become of a unit jump of x, or where a receptor rises of y, after some time.
struct ReceptorResponse {
    /// What it has done to V.
    var voltage = 0.0
    /// Of x.
    var current = 0.0
    /// Of y.
    var rise = 0.0
}

/// The response that was last asked for: all targets of a spike hear of it at the same time, and most of them are of one model.
struct RememberedResponse {
    private var elapsed = Double.nan
    private var model = -1
    private var receptor = UInt8.max
    private var response = ReceptorResponse()

    /// - Parameter find: Finds it where it is another than the last.
    @inline(__always)
    mutating func callAsFunction(
        after elapsed: Double, model: Int, receptor: UInt8, _ find: () -> ReceptorResponse
    ) -> ReceptorResponse {
        if self.elapsed != elapsed || self.model != model || self.receptor != receptor {
            (self.elapsed, self.model, self.receptor, response) = (elapsed, model, receptor, find())
        }
        return response
    }
}

extension NeuronModel {
    /// The exact one of the receptor of this number.
    @inline(__always)
    func receptorResponse(_ k: UInt8, after elapsed: Double) -> ReceptorResponse {
        let rates = receptors.rates(Int(k), leak: leakRate)
        guard receptors.rises(Int(k)) else {
            return ReceptorResponse(
                voltage: ExponentialDifferences.first(rates.leak, rates.decay, elapsed),
                current: exp(-elapsed * rates.decay))
        }
        return ReceptorStep.exact(rates, elapsed).response(rises: true)
    }
}
