#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension CoupledSimulation {
    /// A run beside its twin, which starts a small distance away and sees the same noise.
    public struct TwinGrowth: Sendable {
        /// When the last renormalisation was, in ms.
        public var time = Lanes.zero
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

        mutating func multiply(by ratio: Lanes) {
            product *= ratio
            // No ratio comes near to a factor of 2^500 from 1.
            let isExtreme = (product .< 0x1p-500) .| (product .> 0x1p500)
            if isExtreme.isAnySet {
                logarithms = logGrowth
                product = Lanes(repeating: 1)
            }
        }
    }

    /// Twins differ in V, which decays at the slower rate, and very little in I, so that a reset on the grid cannot erase
    /// the whole difference.
    func startTwins(_ states: [LaneState]) {
        twinGrowth = .init(repeating: TwinGrowth(), count: twins.count)
        guard !twins.isEmpty else { return }
        let shifted = states.enumerated().map { neuron, state in
            LaneState(
                voltage: state.voltage - twinSize,
                current: state.current - 0x1p-10 * twinSize
                    / problem.model(neuron: neuron).synapticTimeConstant)
        }
        twins.forEach { $0.start(shifted) }
    }

    /// Measures how far each twin has gone and brings it back to `twinSize`, unless it is between two halves of a spike:
    /// while only one of the two has been reset they are a whole reset apart, and to pull them together would forget it.
    func renormaliseTwins(at tick: Int) {
        let time = Lanes(repeating: grid.time(tick))
        for k in twins.indices {
            let (twin, original) = (twins[k], k == 0 ? reference : tested[k - 1])
            var squared = Lanes.zero
            var apart = LaneMask(repeating: false)
            for (neuron, scale) in neuronScales.enumerated() {
                let (a, b) = (twin.state(neuron: neuron), original.state(neuron: neuron))
                let voltage = a.voltage - b.voltage
                let current = scale.synapticTimeConstant * (a.current - b.current)
                squared += voltage * voltage + current * current
                apart .|= voltage * voltage .> 0.25 * scale.resetHeight * scale.resetHeight
            }
            let isMeasured = .!apart .& (squared .> 0)
            let one = Lanes(repeating: 1)
            let ratio = one.replacing(with: squared.squareRoot() / twinSize, where: isMeasured)
            twinGrowth[k].multiply(by: ratio)
            twinGrowth[k].time.replace(with: time, where: isMeasured)
            for neuron in neuronScales.indices {
                let (from, to) = (twin.state(neuron: neuron), original.state(neuron: neuron))
                twin.setState(
                    LaneState(
                        voltage: to.voltage + (from.voltage - to.voltage) / ratio,
                        current: to.current + (from.current - to.current) / ratio),
                    neuron: neuron)
            }
        }
    }
}
