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
    /// In the kernel's words: `excess` is V_∞ - V_th without what has been added to μ, `bend` (e^{2d/τ_m} - 1)²/32, `current_bend` what
    /// of I counts beside V_∞ - V_th, in ms, and `least_product` what a b must exceed.
    private let numbers: lanes_white_bound
    private let bridge: VoltageBridge

    /// -log 1e-17.
    static let missLogarithm = 39.2

    package init(model: NeuronModel, width: Double) {
        let tau = model.membraneTimeConstant
        let stretch = expm1(2 * width / tau)
        bridge = VoltageBridge(model: model, width: width)
        numbers = lanes_white_bound(
            threshold: model.threshold, offset: model.constantDrift * model.driveResponse(width),
            voltage_factor: model.voltageDecay(width), current_factor: model.currentDecay(width),
            coupling: model.synapticKernel(width), noise_strength: model.voltageNoise,
            drive_gain: model.driveResponse(width), membrane_time_constant: tau,
            excess: model.asymptoticPotential - model.threshold, bend: stretch * stretch / 32,
            current_bend: tau * tau * (1 / model.synapticTimeConstant + 1 / tau),
            least_product: 0.5 * Self.missLogarithm * bridge.variance)
    }

    /// Half as wide cells cost twice as much to pass, and of those that hold a spike one fewer has to be split.  Where all neurons take a
    /// cell together their noise does not stay in cache, and passing is dearer.
    package static func fastestWidth(_ problem: Problem) -> Double {
        min(
            problem.network.shortestFeedback.isFinite ? 0x1p-3 : 0x1p-5,
            problem.models.shortestTimeConstant / 4)
    }

    /// A leaf is at least 64 times as short as a base cell and as any step.
    static let leafDepth = 6

    /// Leaves are 2^-15 ms wide, and the time within a leaf follows its law.
    package static func leafLevel(_ problem: Problem, forest: BrownianForest, baseLevel: Int) -> Int {
        let fine = (0..<BrownianTree.depth).first { forest.width(level: $0) <= 0x1p-15 } ?? BrownianTree.depth
        return min(BrownianTree.depth, max(fine, baseLevel + leafDepth))
    }

    @inline(__always)
    package func advance(_ state: inout LaneState, drive: Lanes, lift: Lanes, noise: CellNoise) -> LaneMask {
        let (v, i, n) = (state.voltage, state.current, numbers)
        let endVoltage =
            n.offset + n.voltage_factor * v + n.coupling * i + n.noise_strength * noise.n0 + n.drive_gain
            * drive
        state = LaneState(voltage: endVoltage, current: n.current_factor * i)
        let curved =
            Self.positive(n.excess + n.membrane_time_constant * drive) + n.current_bend * Self.positive(i)
        let limit = n.threshold - lift - n.bend * curved
        let (a, b) = (limit - v, limit - endVoltage)
        return (a .<= 0) .| (b .<= 0) .| (a * b .<= n.least_product)
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
        var numbers = numbers
        return Int(
            lanes_white_cells(
                &numbers, UnsafeRawPointer(drive).assumingMemoryBound(to: Double.self), noise,
                Int32(functionals), Int32(count), UInt64(first), UInt64(stride), doubles(state),
                doubles(&before), doubles(recorded), &suspects.bits))
    }

    package func advance(
        neurons: Int, _ states: UnsafeMutablePointer<LaneState>, from starts: UnsafePointer<LaneState>,
        drives: UnsafePointer<Lanes>, noise: UnsafePointer<Lanes>, functionals: Int, stride: Int,
        suspects: UnsafeMutablePointer<UInt8>
    ) {
        var numbers = numbers
        lanes_white_neurons(
            &numbers, Int32(neurons), UnsafeRawPointer(drives).assumingMemoryBound(to: Double.self), 8,
            UnsafeRawPointer(noise).assumingMemoryBound(to: Double.self), 8 * stride,
            UnsafeRawPointer(starts).assumingMemoryBound(to: Double.self),
            UnsafeMutableRawPointer(states).assumingMemoryBound(to: Double.self), suspects)
    }

    @inline(__always)
    package func propagate(
        voltage v: Double, current i: Double, drive: Double, noise: UnsafePointer<Lanes>, lane: Int
    ) -> (voltage: Double, current: Double) {
        let n = numbers
        // The functionals of eight paths lie side by side; the first is that of V.
        let first = UnsafeRawPointer(noise).assumingMemoryBound(to: Double.self)[lane]
        return (
            n.offset + n.voltage_factor * v + n.coupling * i + n.noise_strength * first + n.drive_gain
                * drive,
            n.current_factor * i
        )
    }

    @inline(__always)
    package func staysBelow(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        drive: Double, lift: Double
    ) -> Bool {
        let n = numbers
        let curved =
            max(0, n.excess + n.membrane_time_constant * drive) + n.current_bend * max(0, start.current)
        let limit = n.threshold - lift - n.bend * curved
        let (a, b) = (limit - start.voltage, limit - end.voltage)
        return a > 0 && b > 0 && a * b > n.least_product
    }

    /// Where in a leaf V crosses first, as a fraction of it; nil where it does not.
    ///
    /// - Parameters:
    ///   - dice: What the leaf decides by.
    ///   - start: Below the threshold.
    func crossing(from start: Double, to end: Double, dice: CellDice) -> Double? {
        let (a, b) = (numbers.threshold - start, numbers.threshold - end)
        return bridge.isHit(from: a, to: b, dice.height) ? bridge.hittingFraction(from: a, to: b, dice) : nil
    }

    package static func passLeaf(
        _ walk: inout CellWalk<Self>, to end: (voltage: Double, current: Double), startTick: Int
    ) {
        walk.passRoughLeaf(to: end, startTick: startTick)
    }
}
