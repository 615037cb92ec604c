import CLanes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The exact propagator over cells of one width, with a bound on V inside them, where white noise acts on V.
///
/// V is an Ornstein-Uhlenbeck process, which has no slope.  Given its ends in a cell of width d it is, in the time
/// s = e^{2t/τ_m} and in units of e^{t/τ_m}, a Brownian bridge below the curve that the threshold becomes there.  That curve is
/// nowhere lower than its chord by more than g,
///
///     g = (e^{2d/τ_m} - 1)²/32 · ( max(0, V_∞ - V_th) + τ_m² max(0, I_0) (1/τ_s + 1/τ_m) ),
///
/// and a bridge that starts a below and ends b below a straight line reaches it with probability exp(-2ab/(σ² τ_m sinh(d/τ_m))).
/// A cell with a = V_th - g - V_0 and b = V_th - g - V_1 is passed where this is below 1e-17.  The test asks V at the cell's ends and
/// nothing else of the noise, so by the Markov and the tower property the probability of any miss is at most the number of cells
/// times 1e-17, whatever has made the choice of these cells.
///
/// A leaf is so short that g is nothing; it holds a crossing where V ends above the threshold, or where a uniform number
/// that belongs to the leaf is below that probability: the law of the bridge's maximum, given its ends.  The maximum is so a
/// property of the path and not of the neuron's state: another walk through the same leaf, with other arrivals, decides by the
/// same number.
///
/// Source: L. Wang, K. Pötzelberger, J. Appl. Probab. 34 (1997), doi:10.2307/3215174; M. B. Giles, Oper. Res. 56 (2008),
/// doi:10.1287/opre.1070.0496.
package struct WhiteNoiseBound: CellBound {
    private let threshold, offset, voltageFactor, currentFactor, coupling, driveGain, noiseStrength: Double
    private let membraneTimeConstant: Double
    /// V_∞ - V_th without what has been added to μ.
    private let excess: Double
    /// (e^{2d/τ_m} - 1)²/32.
    private let bend: Double
    /// What of I counts beside V_∞ - V_th, in ms.
    private let currentBend: Double
    /// What a b must exceed.
    private let leastProduct: Double
    private let bridge: VoltageBridge

    /// -log 1e-17.
    static let missLogarithm = 39.2

    package init(model: NeuronModel, width: Double) {
        let tau = model.membraneTimeConstant
        threshold = model.threshold
        membraneTimeConstant = tau
        voltageFactor = model.voltageDecay(width)
        currentFactor = model.currentDecay(width)
        coupling = model.synapticKernel(width)
        offset = model.constantDrift * model.driveResponse(width)
        driveGain = model.driveResponse(width)
        noiseStrength = model.voltageNoise
        excess = model.asymptoticPotential - model.threshold
        let stretch = expm1(2 * width / tau)
        bend = stretch * stretch / 32
        currentBend = tau * tau * (1 / model.synapticTimeConstant + 1 / tau)
        bridge = VoltageBridge(model: model, width: width)
        leastProduct = 0.5 * Self.missLogarithm * bridge.variance
    }

    /// Half as wide cells cost twice as much to pass, and of those that hold a spike one fewer has to be split.
    package static func fastestWidth(_ problem: Problem) -> Double {
        min(0x1p-5, problem.models.shortestTimeConstant / 4)
    }

    /// A leaf is at least 64 times as short as a base cell and as any step.
    static let leafDepth = 6

    /// Where nothing but noise acts on a neuron, leaves are 2^-15 ms wide and at least 64 times as short as the base cells, and the
    /// time within a leaf follows its law; elsewhere it must be known to 1e-9 ms.
    package static func leafLevel(_ problem: Problem, forest: BrownianForest, baseLevel: Int) -> Int {
        guard problem.network.outgoing.allSatisfy(\.isEmpty), problem.inputs.isEmpty,
            problem.models.allSatisfy({ $0.refractoryPeriod == 0 })
        else { return BrownianTree.depth }
        let fine = (0..<BrownianTree.depth).first { forest.width(level: $0) <= 0x1p-15 } ?? BrownianTree.depth
        return min(BrownianTree.depth, max(fine, baseLevel + leafDepth))
    }

    @inline(__always)
    package func advance(_ state: inout LaneState, drive: Lanes, noise: CellNoise) -> LaneMask {
        let (v, i) = (state.voltage, state.current)
        let endVoltage =
            offset + voltageFactor * v + coupling * i + noiseStrength * noise.n0 + driveGain * drive
        state = LaneState(voltage: endVoltage, current: currentFactor * i)
        let curved =
            Self.positive(excess + membraneTimeConstant * drive) + currentBend * Self.positive(i)
        let limit = threshold - bend * curved
        let (a, b) = (limit - v, limit - endVoltage)
        return (a .<= 0) .| (b .<= 0) .| (a * b .<= leastProduct)
    }

    @inline(__always)
    private static func positive(_ a: Lanes) -> Lanes { Lanes.zero.replacing(with: a, where: a .> 0) }

    package func advance(
        _ state: UnsafeMutablePointer<LaneState>, drive: UnsafePointer<Lanes>, noise: UnsafePointer<Double>,
        functionals: Int, count: Int, first: Int, stride: Int, before: inout LaneState,
        suspects: inout LaneSet, into recorded: UnsafeMutablePointer<Lanes>?
    ) -> Int {
        func doubles(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Double>? {
            pointer?.assumingMemoryBound(to: Double.self)
        }
        var numbers = lanes_white_bound(
            threshold: threshold, offset: offset, voltage_factor: voltageFactor,
            current_factor: currentFactor, coupling: coupling, noise_strength: noiseStrength,
            drive_gain: driveGain, membrane_time_constant: membraneTimeConstant, excess: excess, bend: bend,
            current_bend: currentBend, least_product: leastProduct)
        return Int(
            lanes_white_cells(
                &numbers, UnsafeRawPointer(drive).assumingMemoryBound(to: Double.self), noise,
                Int32(functionals), Int32(count), UInt64(first), UInt64(stride), doubles(state),
                doubles(&before), doubles(recorded), &suspects.bits))
    }

    package func propagate(
        voltage v: Double, current i: Double, drive: Double, noise: UnsafePointer<Lanes>, lane: Int
    ) -> (voltage: Double, current: Double) {
        (
            offset + voltageFactor * v + coupling * i + noiseStrength * noise[0][lane] + driveGain * drive,
            currentFactor * i
        )
    }

    package func staysBelow(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        drive: Double, lift: Double
    ) -> Bool {
        let curved = max(0, excess + membraneTimeConstant * drive) + currentBend * max(0, start.current)
        let limit = threshold - lift - bend * curved
        let (a, b) = (limit - start.voltage, limit - end.voltage)
        return a > 0 && b > 0 && a * b > leastProduct
    }

    /// Where in a leaf V crosses first, as a fraction of it; nil where it does not.
    ///
    /// - Parameters:
    ///   - dice: What the leaf decides by.
    ///   - start: Below the threshold.
    func crossing(from start: Double, to end: Double, dice: CellDice) -> Double? {
        bridge.isHit(from: threshold - start, to: threshold - end, dice.height)
            ? bridge.hittingFraction(from: threshold - start, to: threshold - end, dice) : nil
    }

    package static func passLeaf(
        _ walk: inout CellWalk<Self>, to end: (voltage: Double, current: Double), startTick: Int
    ) {
        walk.passRoughLeaf(to: end, startTick: startTick)
    }
}
