/// What the errors of a problem are made of that come in one piece: with a spike too many, too few or elsewhere.
///
/// Such events are rare, and where paths are too few to show any, what they might add is all that can be said of an error.
public struct EventScales: Hashable, Sendable {
    /// V_th - V_r, the largest among the neurons.
    public var resetHeight: Double
    /// The largest jump of I that a spike makes; 0 where spikes reach no other neuron's I.
    public var currentJump: Double
    /// The largest distance of two spikes that count as one, ms.
    public var matchingWindow: Double
    /// τ_m, the longest among the neurons, ms: V forgets an event in this time.
    public var membraneTimeConstant: Double
    /// T, ms.
    public var duration: Double

    public init(
        resetHeight: Double, currentJump: Double, matchingWindow: Double, membraneTimeConstant: Double,
        duration: Double
    ) {
        self.resetHeight = resetHeight
        self.currentJump = currentJump
        self.matchingWindow = matchingWindow
        self.membraneTimeConstant = membraneTimeConstant
        self.duration = duration
    }

    /// - Parameter problem: Any.
    public init(_ problem: Problem) {
        let models = problem.models
        let scales = models.map { SpikeTimeScales(membraneTimeConstant: $0.membraneTimeConstant) }
        let jumps = problem.network.outgoing.lazy.joined().filter { !$0.jump.isOfVoltageOrDrive }.map {
            abs($0.weight)
        }
        self.init(
            resetHeight: models.map(\.resetHeight).max() ?? 0, currentJump: jumps.max() ?? 0,
            matchingWindow: scales.map(\.matchingWindow).max() ?? 0,
            membraneTimeConstant: models.map(\.membraneTimeConstant).max() ?? 0, duration: problem.duration)
    }

    /// The part of a time, in ms, for which V remembers an event.
    func remembered(of time: Double) -> Double { min(1, membraneTimeConstant / time) }
}
