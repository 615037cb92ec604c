import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Populations of neurons and random projections between them.
public struct RecurrentNetwork: Hashable, Sendable {
    /// Which pairs of a source and a target a projection joins.  No neuron projects to itself.
    public enum Rule: Hashable, Sendable {
        case dense
        /// Every target has so many different sources.
        case fixedInDegree(Int)
        /// Every pair with this probability, independently.
        case erdosRenyi(probability: Double)
        /// Neurons of a population lie evenly spaced on a ring of circumference 1; a pair at distance d is joined with
        /// probability `probability` exp(-d²/2 `width`²), and its weight carries the same factor.
        case gaussian(probability: Double, width: Double)
    }

    public enum Delay: Hashable, Sendable {
        /// ms.
        case fixed(Double)
        /// Uniform on this range, drawn for each synapse.
        case uniform(ClosedRange<Double>)
    }

    /// Synapses from one population to another.
    public struct Projection: Hashable, Sendable {
        public var source: String
        public var target: String
        public var rule: Rule
        public var weight: Double
        public var delay: Delay
        public var jump: Network.Jump

        public init(
            from source: String, to target: String, rule: Rule, weight: Double, delay: Delay = .fixed(0),
            jump: Network.Jump = .current
        ) {
            self.source = source
            self.target = target
            self.rule = rule
            self.weight = weight
            self.delay = delay
            self.jump = jump
        }
    }

    public struct Population: Hashable, Sendable {
        public var name: String
        public var size: Int
        public var model: NeuronModel

        public init(name: String, size: Int, model: NeuronModel = NeuronModel()) {
            self.name = name
            self.size = size
            self.model = model
        }
    }

    public var populations: [Population]
    public var projections: [Projection]
    /// Chooses synapses and delays.
    public var connectivitySeed: UInt64

    /// - Precondition: projections name populations of the network, and in-degrees have enough neurons to choose from.
    public init(populations: [Population], projections: [Projection], connectivitySeed: UInt64 = 1) {
        self.populations = populations
        self.projections = projections
        self.connectivitySeed = connectivitySeed
    }

    /// For each neuron the place of its population, whose model it has.
    public var modelIndices: [Int] {
        populations.enumerated().flatMap { Array(repeating: $0, count: $1.size) }
    }

    /// The neurons in the order of the populations, with all synapses.
    ///
    /// Every projection has a generator of its own, so that adding one leaves the others as they are.
    public func network() -> Network {
        var ranges: [String: Range<Int>] = [:]
        var first = 0
        for population in populations {
            ranges[population.name] = first..<first + population.size
            first += population.size
        }
        var synapses: [Network.Synapse] = []
        for (number, projection) in projections.enumerated() {
            var generator = SplitMix64(seed: connectivitySeed &+ UInt64(number) &* 0x9e37_79b9_7f4a_7c15)
            synapses += Self.synapses(
                projection, from: ranges[projection.source]!, to: ranges[projection.target]!, &generator)
        }
        return Network(
            neuronCount: first,
            populations: populations.map { .init(name: $0.name, neurons: ranges[$0.name]!) },
            synapses: synapses)
    }

    private static func synapses(
        _ projection: Projection, from sources: Range<Int>, to targets: Range<Int>,
        _ generator: inout SplitMix64
    ) -> [Network.Synapse] {
        targets.flatMap { target in
            chosen(projection.rule, sources, targets, target, &generator).map { source, factor in
                Network.Synapse(
                    source: source, target: target, weight: factor * projection.weight,
                    delay: delay(projection.delay, &generator), jump: projection.jump)
            }
        }
    }

    /// The sources of a target, each with a factor of its weight.
    private static func chosen(
        _ rule: Rule, _ sources: Range<Int>, _ targets: Range<Int>, _ target: Int,
        _ generator: inout SplitMix64
    ) -> [(source: Int, factor: Double)] {
        func candidates() -> [Int] { sources.filter { $0 != target } }
        switch rule {
        case .dense:
            return candidates().map { ($0, 1) }
        case .fixedInDegree(let count):
            return distinct(count, among: sources, except: target, &generator).sorted().map { ($0, 1) }
        case .erdosRenyi(let probability):
            return candidates().filter { _ in uniform(&generator) < probability }.map { ($0, 1) }
        case .gaussian(let probability, let width):
            let place = position(target, in: targets)
            return candidates().compactMap { source in
                let gap = abs(place - position(source, in: sources))
                let distance = min(gap, 1 - gap)
                let factor = exp(-distance * distance / (2 * width * width))
                return uniform(&generator) < probability * factor ? (source, factor) : nil
            }
        }
    }

    /// The beginning of a Fisher-Yates shuffle.  Only places whose content has moved are written down, so that the work
    /// does not grow with the population.
    private static func distinct(
        _ count: Int, among sources: Range<Int>, except target: Int, _ generator: inout SplitMix64
    ) -> [Int] {
        let hasTarget = sources.contains(target)
        let available = sources.count - (hasTarget ? 1 : 0)
        var moved: [Int: Int] = [:]
        return (0..<count).map { k in
            let other = k + generator.next(below: available - k)
            let taken = moved[other] ?? other
            moved[other] = moved[k] ?? k
            let source = sources.lowerBound + taken
            return hasTarget && source >= target ? source + 1 : source
        }
    }

    private static func position(_ neuron: Int, in population: Range<Int>) -> Double {
        Double(neuron - population.lowerBound) / Double(population.count)
    }

    private static func delay(_ delay: Delay, _ generator: inout SplitMix64) -> Double {
        switch delay {
        case .fixed(let delay): delay
        case .uniform(let range):
            range.lowerBound + (range.upperBound - range.lowerBound) * uniform(&generator)
        }
    }

    private static func uniform(_ generator: inout SplitMix64) -> Double {
        Double(generator.next() >> 11) * 0x1p-53
    }
}
