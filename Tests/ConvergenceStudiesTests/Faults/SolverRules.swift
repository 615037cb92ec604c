import SolverProtocol

/// What a solver does at every point at which it can go wrong.  The defaults are right; a fault replaces one or two of
/// them.
struct SolverRules: Sendable {
    typealias Neuron = SolverNetwork.Neuron
    typealias Synapse = SolverNetwork.Synapse

    // MARK: What it understands of the request

    /// Changes a neuron as it was read, at a step of h ms.
    var read: @Sendable (inout Neuron, _ h: Double) -> Void = { _, _ in }
    /// Changes a synapse as it was read.
    var wire: @Sendable (inout Synapse, _ source: Int, SolverRequest) -> Void = { _, _, _ in }
    var begin: @Sendable (SolverRequest, _ path: Int, _ neuron: Int) -> SolverState = {
        request, path, neuron in
        let (voltage, current) = request.initialState(path: path, neuron: neuron)
        return SolverState(voltage: voltage, current: current)
    }
    /// ΔW of step k.
    var increment: @Sendable (SolverRequest, _ path: Int, _ k: Int, _ neuron: Int) -> Double = {
        $0.increment(path: $1, step: $2, neuron: $3)
    }

    // MARK: A step

    /// dV/dt.
    var slope: @Sendable (SolverState, Neuron) -> Double = { state, neuron in
        (neuron.rest - state.voltage) / neuron.membrane + neuron.drive + state.current
    }
    /// Changes the state after a step of the refractory period, in which V is held already.
    var hold: @Sendable (inout SolverState, _ before: SolverState) -> Void = { _, _ in }
    /// Changes the state after any step, before the threshold is looked at.
    var finish: @Sendable (inout SolverState, _ before: SolverState, _ h: Double) -> Void = { _, _, _ in }

    // MARK: Spikes

    /// Whether V, gone from `start` to `end` in step k, has made a spike.
    var fires: @Sendable (_ start: Double, _ end: Double, _ threshold: Double, _ k: Int) -> Bool = {
        _, end, threshold, _ in end >= threshold
    }
    /// Whether spikes lie inside steps, where the chord of V meets the threshold, and V goes on from there.
    var locatesSpikes = false
    /// The fraction of the step at which the spike lies.
    var place: @Sendable (_ start: Double, _ end: SolverState, Neuron, _ h: Double) -> Double = {
        _, _, _, _ in 1
    }
    /// Changes the state at the end of a step with a spike, which was `rest` ms before.
    var reset: @Sendable (inout SolverState, Neuron, _ rest: Double) -> Void = { state, neuron, _ in
        state.voltage = neuron.reset
    }
    /// The time written down for a spike so many steps after the start.
    var stamp: @Sendable (_ place: Double, _ h: Double) -> Double = { $0 * $1 }
    /// Whether a spike is written down: the count-th of its neuron, crossing at this speed.
    var tells: @Sendable (_ count: Int, _ speed: Double, _ neuron: Int) -> Bool = { _, _, _ in true }
    /// Whether states are written down before the step instead of after it.
    var recordsEarly = false

    // MARK: Jumps

    /// How many steps a jump is under way: it happens in the last of them.
    var lag: @Sendable (_ delay: Double, _ h: Double) -> Int = {
        max(0, Int(($0 / $1 - 0x1p-20).rounded(.up)))
    }
    /// Whether a jump counts as if it came at the end of its step.
    var ignoresRest = false
    /// Whether the count-th spike of the source goes through.
    var transmits: @Sendable (Synapse, _ count: Int) -> Bool = { _, _ in true }
    /// By how many steps jumps from outside are late.
    var arrivalLag = 0
    /// Whether the count-th jump from outside is taken in.
    var receives: @Sendable (_ count: Int, _ isRefractory: Bool) -> Bool = { _, _ in true }

    /// Spikes where the chord of V meets the threshold, instead of at the ends of steps.
    static let located: SolverRules = {
        var rules = SolverRules()
        rules.locatesSpikes = true
        rules.place = { start, end, neuron, _ in
            min(1, (neuron.threshold - start) / (end.voltage - start))
        }
        rules.reset = { state, neuron, rest in
            guard rest > neuron.refractory else {
                state.voltage = neuron.reset
                return
            }
            // Without the spike V would have gone on from the threshold.
            let drop = (neuron.threshold - neuron.reset) * (1 - rest / neuron.membrane)
            let gain = state.voltage - drop - neuron.reset
            state.voltage = neuron.reset + gain * (1 - neuron.refractory / rest)
        }
        return rules
    }()
}
