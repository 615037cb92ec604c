#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension CoupledSimulation {
    /// A run beside its twin, which starts a small distance away and sees the same noise.
    public struct TwinGrowth: Sendable {
        /// How much time that growth took, in ms: up to the last renormalisation, without what led to a new start.
        public private(set) var time = Lanes.zero
        /// When the last renormalisation or start was, in ms.
        private var since = Lanes.zero
        /// Σ log(distance/size) over the renormalisations before, and the product of distance/size over those since: a
        /// logarithm at every one of them would take as long as the run.
        private var logarithms = Lanes.zero
        private var product = Lanes(repeating: 1)

        /// Σ log(distance/size) over all renormalisations so far, on each path.
        public var logGrowth: Lanes {
            var sums = Lanes.zero
            for lane in 0..<8 { sums[lane] = logGrowth(lane: lane) }
            return sums
        }

        /// The same on one path.
        public func logGrowth(lane: Int) -> Double { logarithms[lane] + log(product[lane]) }

        /// Adds what has happened since the last call on paths that are measured; on those that are not, it stays open.
        mutating func add(ratio: Lanes, at now: Double, where isMeasured: LaneMask) {
            time.replace(with: time + (now - since), where: isMeasured)
            since.replace(with: Lanes(repeating: now), where: isMeasured)
            multiply(by: Lanes(repeating: 1).replacing(with: ratio, where: isMeasured))
        }

        /// Forgets what has happened since the last call.
        mutating func restart(at now: Double, where isLost: LaneMask) {
            since.replace(with: Lanes(repeating: now), where: isLost)
        }

        private mutating func multiply(by ratio: Lanes) {
            product *= ratio
            // No ratio comes near to a factor of 2^500 from 1.
            let isExtreme = (product .< 0x1p-500) .| (product .> 0x1p500)
            if isExtreme.isAnySet {
                logarithms = logGrowth
                product = Lanes(repeating: 1)
            }
        }
    }

    /// Twins are renormalised after every second root cell, whatever steps and integrators a study has, so that these do not
    /// change what it finds.
    static let renormalisationLevel = -1

    /// Twins differ in V, which decays at the slower rate, and very little in I, so that a reset on the grid cannot erase
    /// the whole difference.
    func startTwins(_ states: [LaneState]) {
        twinGrowth = .init(repeating: TwinGrowth(), count: twins.count)
        guard !twins.isEmpty else { return }
        let shifted = states.enumerated().map { neuron, state in
            let shift = twinShift(neuron: neuron)
            return LaneState(voltage: state.voltage + shift.voltage, current: state.current + shift.current)
        }
        twins.forEach { begin($0, at: shifted) }
    }

    /// How far a neuron of a twin is from its original, and where this is.
    struct TwinDifference {
        var difference = LaneState(voltage: .zero, current: .zero)
        var original = LaneState(voltage: .zero, current: .zero)
        /// Of what receptors hold; see ``Run/receptors(neuron:)``.
        var receptors: [(difference: Lanes, original: Lanes)] = []

        init() {}

        init(_ twin: any Run, _ original: any Run, neuron: Int) {
            let (a, b) = (twin.state(neuron: neuron), original.state(neuron: neuron))
            difference = LaneState(voltage: a.voltage - b.voltage, current: a.current - b.current)
            self.original = b
            receptors = zip(twin.receptors(neuron: neuron), original.receptors(neuron: neuron)).map {
                ($0 - $1, $1)
            }
        }

        /// The square of the distance but for V's, in V-units.
        func squaredSize(synapticTimeConstant: Double, receptors scales: [Double]) -> Lanes {
            let scaled = synapticTimeConstant * difference.current
            return zip(scales, receptors).reduce(scaled * scaled) { sum, receptor in
                let scaled = receptor.0 * receptor.1.difference
                return sum + scaled * scaled
            }
        }

        /// Brings the twin to so much of the difference.
        func put(_ twin: any Run, at factor: Lanes, neuron: Int) {
            twin.setState(
                LaneState(
                    voltage: original.voltage + factor * difference.voltage,
                    current: original.current + factor * difference.current),
                neuron: neuron)
            guard !receptors.isEmpty else { return }
            twin.setReceptors(receptors.map { $0.original + factor * $0.difference }, neuron: neuron)
        }
    }

    private func twinShift(neuron: Int) -> (voltage: Double, current: Double) {
        // All neurons together are as far apart as a twin is brought back to.
        let size = twinSize / Double(neuronScales.count).squareRoot()
        return (-size, -0x1p-10 * size / neuronScales[neuron].synapticTimeConstant)
    }

    /// Measures how far each twin has gone and brings it back to `twinSize`, unless it is between two halves of a spike:
    /// while only one of the two has been reset they are a whole reset apart, and to pull them together would forget it.  A
    /// twin that has become its original starts anew: what resets on the grid leave of a difference, in I, may be rounded
    /// away before long.
    func renormaliseTwins(at tick: Int) {
        let now = grid.time(tick)
        let perSize = 1 / twinSize
        for k in twins.indices {
            let (twin, original) = (twins[k], k == 0 ? reference : tested[k - 1])
            var squared = Lanes.zero
            var apart = LaneMask(repeating: false)
            for (neuron, scale) in neuronScales.enumerated() {
                let found = TwinDifference(twin, original, neuron: neuron)
                let voltage = found.difference.voltage
                squared +=
                    voltage * voltage
                    + found.squaredSize(
                        synapticTimeConstant: scale.synapticTimeConstant, receptors: scale.receptors)
                apart .|= voltage * voltage .> 0.25 * scale.resetHeight * scale.resetHeight
                twinDifferences[neuron] = found
            }
            let isLost = squared .== 0
            let isMeasured = .!(apart .| isLost)
            let ratio = perSize * squared.squareRoot()
            twinGrowth[k].add(ratio: ratio, at: now, where: isMeasured)
            let factor = Lanes(repeating: 1).replacing(with: 1 / ratio, where: isMeasured)
            for neuron in neuronScales.indices {
                twinDifferences[neuron].put(twin, at: factor, neuron: neuron)
            }
            if isLost.isAnySet { restartTwin(k, at: now, where: isLost) }
        }
    }

    private func restartTwin(_ k: Int, at now: Double, where isLost: LaneMask) {
        twinGrowth[k].restart(at: now, where: isLost)
        for neuron in neuronScales.indices {
            var state = twins[k].state(neuron: neuron)
            let shift = twinShift(neuron: neuron)
            state.voltage.replace(with: state.voltage + shift.voltage, where: isLost)
            state.current.replace(with: state.current + shift.current, where: isLost)
            twins[k].setState(state, neuron: neuron)
        }
    }
}
