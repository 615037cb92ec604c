import SpikingNumerics

/// A reply that keeps to the protocol, with spike times as the harness understands them.
package struct SolvedPaths: Sendable {
    package let identity: SolverIdentity
    package let delays: DelayRounding
    package let recordedSteps: [Int]
    private let neuronCount: Int
    /// V and I: [paths, recorded steps, neurons, 2].
    private let states: [Double]
    /// For each path and neuron.
    private let trains: [[Double]]

    /// A time stamp this close to the grid, in steps, lies on it: what rounding makes of up to 2^32 additions of h.
    private static let gridTolerance = 0x1p-20

    /// - Throws: `SolverError` of kind `malformed` for a reply that does not fit the request.
    package init(_ reply: SolverReply, to request: SolverRequest) throws(SolverError) {
        identity = reply.identity
        delays = reply.delays
        recordedSteps = request.recordedSteps
        neuronCount = request.neuronCount
        states = reply.states
        trains = try Self.trains(reply, request)
        try checkStates(request)
    }

    /// V and I after one of the recorded steps.
    package func state(path: Int, record: Int, neuron: Int) -> (voltage: Double, current: Double) {
        let k = 2 * ((path * recordedSteps.count + record) * neuronCount + neuron)
        return (states[k], states[k + 1])
    }

    /// Of the state of all neurons after the last recorded step, to the bit (FNV-1a).
    package func fingerprint(path: Int) -> UInt64 {
        let first = 2 * (path * recordedSteps.count + recordedSteps.count - 1) * neuronCount
        return states[first..<first + 2 * neuronCount].reduce(0xcbf2_9ce4_8422_2325) {
            ($0 ^ $1.bitPattern) &* 0x100_0000_01b3
        }
    }

    /// In ms, in order, a spike on the grid being at the end of its step.
    package func spikeTimes(path: Int, neuron: Int) -> [Double] { trains[path * neuronCount + neuron] }

    private func checkStates(_ request: SolverRequest) throws(SolverError) {
        let shape = [request.paths.count, recordedSteps.count, neuronCount, 2]
        guard states.count == shape.reduce(1, *) else {
            throw SolverError(
                .malformed, "there are \(states.count) numbers in its states where \(shape) are wanted")
        }
        guard let bad = states.firstIndex(where: { !$0.isFinite }) else { return }
        let (place, quantity) = (bad / 2, bad % 2 == 0 ? "V" : "I")
        let (record, neuron) = (place / neuronCount, place % neuronCount)
        throw SolverError(
            .malformed,
            "\(quantity) is \(states[bad]) on path \(record / recordedSteps.count), neuron \(neuron), "
                + "after step \(recordedSteps[record % recordedSteps.count])")
    }

    private static func trains(
        _ reply: SolverReply, _ request: SolverRequest
    ) throws(SolverError) -> [[Double]] {
        var trains = [[Double]](repeating: [], count: request.paths.count * request.neuronCount)
        for (row, spike) in reply.spikes.enumerated() {
            guard (0..<request.paths.count).contains(spike.path),
                (0..<request.neuronCount).contains(spike.neuron)
            else {
                throw SolverError(
                    .malformed,
                    "spike \(row) is of path \(spike.path), neuron \(spike.neuron), but the batch has "
                        + "\(request.paths.count) paths of \(request.neuronCount) neurons, counted from 0")
            }
            let time = try Self.time(spike, row: row, stamps: reply.identity.stamps, request)
            let k = spike.path * request.neuronCount + spike.neuron
            guard trains[k].last.map({ $0 < time }) ?? true else {
                throw SolverError(
                    .malformed,
                    "spikes are not in order of time: spike \(row), at \(spike.time) ms on path \(spike.path), "
                        + "neuron \(spike.neuron), is no later than the one before it")
            }
            trains[k].append(time)
        }
        return trains
    }

    /// The time of a spike, at the end of its step where it is on the grid.
    private static func time(
        _ spike: SolverReply.Spike, row: Int, stamps: SolverIdentity.Stamps, _ request: SolverRequest
    ) throws(SolverError) -> Double {
        func refused(_ reason: String) -> SolverError {
            SolverError(
                .malformed,
                "spike \(row), of path \(spike.path), neuron \(spike.neuron), has the time \(spike.time): "
                    + reason)
        }
        guard spike.time.isFinite else { throw refused("not a number of ms") }
        let place = spike.time / request.step
        guard abs(place) < 0x1p52 else { throw refused("outside the simulation") }
        var time = spike.time
        if stamps != .interpolated {
            guard abs(place - place.rounded()) <= gridTolerance else {
                throw refused(
                    "not on the grid of \(request.step) ms, as \"stamps\": \"\(stamps.rawValue)\" says")
            }
            time = (place.rounded() + (stamps == .stepStart ? 1 : 0)) * request.step
        }
        guard time > 0, time <= request.duration * (1 + 4 * Double.ulpOfOne) else {
            throw refused(
                "outside the simulation, which goes from 0 to \(request.duration) ms"
                    + (stamps == .stepStart ? ", stamped with starts of steps" : ""))
        }
        return time
    }
}
