/// The receptors of a neuron, in the order of the problem's names for them.
///
/// They are kept as numbers side by side, so that what steps through them need not ask what they are.
public struct Receptors: Hashable, Sendable, RandomAccessCollection {
    /// A neuron has at most so many.
    public static let most = 4

    public let count: Int
    /// Whether any rises.
    let rise: Bool
    /// In ms.
    private var decayTimes = SIMD4<Double>.zero
    /// In ms; 0 where the current jumps.
    private var riseTimes = SIMD4<Double>.zero
    /// Of a spike of weight 1: ``Receptor/gain``.
    private(set) var gains = SIMD4<Double>.zero

    /// - Precondition: there are at most ``most``.
    public init(_ receptors: [Receptor] = []) {
        precondition(receptors.count <= Self.most, "more receptors than a neuron has room for")
        count = receptors.count
        rise = receptors.contains { $0.riseRate != nil }
        for (k, receptor) in receptors.enumerated() {
            gains[k] = receptor.gain
            switch receptor.kernel {
            case .exponential(let decay): decayTimes[k] = decay
            case .alpha(let time): (riseTimes[k], decayTimes[k]) = (time, time)
            case .twoExponentials(let rise, let decay): (riseTimes[k], decayTimes[k]) = (rise, decay)
            }
        }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(k: Int) -> Receptor {
        let (rise, decay) = (riseTimes[k], decayTimes[k])
        if rise == 0 { return Receptor(.exponential(decay: decay)) }
        return Receptor(rise == decay ? .alpha(time: rise) : .twoExponentials(rise: rise, decay: decay))
    }

    /// How fast V and the k-th forget, in 1/ms.
    ///
    /// - Parameter leak: 1/τ_m.
    func rates(_ k: Int, leak: Double) -> ReceptorRates {
        ReceptorRates(leak: leak, decay: 1 / decayTimes[k], rise: riseTimes[k] == 0 ? 0 : 1 / riseTimes[k])
    }

    /// Whether a spike makes the k-th current's rise jump and not the current itself.
    @inline(__always)
    func rises(_ k: Int) -> Bool { riseTimes[k] > 0 }
}

/// What a step makes of all receptors of a neuron, side by side; see ``ReceptorStep``.
struct ReceptorSteps {
    private(set) var voltageOfCurrent = SIMD4<Double>.zero
    private(set) var voltageOfRise = SIMD4<Double>.zero
    private(set) var currentDecay = SIMD4<Double>.zero
    private(set) var currentOfRise = SIMD4<Double>.zero
    private(set) var riseDecay = SIMD4<Double>.zero

    init() {}

    /// - Parameter step: Of a receptor with these rates.
    init(_ model: NeuronModel, step: (ReceptorRates) -> ReceptorStep) {
        for k in model.receptors.indices {
            let one = step(model.receptors.rates(k, leak: model.leakRate))
            voltageOfCurrent[k] = one.voltageOfCurrent
            voltageOfRise[k] = one.voltageOfRise
            currentDecay[k] = one.currentDecay
            currentOfRise[k] = one.currentOfRise
            riseDecay[k] = one.riseDecay
        }
    }
}

/// x and y of the receptors of one neuron on one path, or what has been added to them.
struct ReceptorCurrents {
    /// V-units/ms.
    var currents = SIMD4<Double>.zero
    /// V-units/ms².
    var rises = SIMD4<Double>.zero

    /// What V feels.
    @inline(__always)
    var push: Double { currents.sum() }

    static func += (sum: inout ReceptorCurrents, other: ReceptorCurrents) {
        sum.currents += other.currents
        sum.rises += other.rises
    }

    /// Takes a step; the result is what it has done to V.
    @inline(__always)
    mutating func advance(_ step: ReceptorSteps) -> Double {
        let lift = step.voltageOfCurrent * currents + step.voltageOfRise * rises
        currents = step.currentDecay * currents + step.currentOfRise * rises
        rises = step.riseDecay * rises
        return lift.sum()
    }
}
