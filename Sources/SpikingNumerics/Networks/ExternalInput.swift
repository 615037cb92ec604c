#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Input from outside the network: a sequence of jumps that does not depend on any step.
public struct ExternalInput: Hashable, Sendable {
    public enum Pattern: Hashable, Sendable {
        /// Jumps of one height at these times (ms, ascending).
        case times([Double], height: Double)
        /// A Poisson process of this rate (1/ms), drawn anew for each path and neuron, of jumps of one height.
        case poisson(rate: Double, height: Double)
        /// A value that is held between `start` and `end` (ms): a jump up, and down again.
        case pulse(height: Double, start: Double, end: Double)
        /// A value uniform on low ... high, drawn anew for each path and neuron in every interval of this length (ms).
        case uniform(low: Double, high: Double, interval: Double)
    }

    /// Whether it is drawn anew for each path.
    public var isRandom: Bool {
        switch pattern {
        case .times, .pulse: false
        case .poisson, .uniform: true
        }
    }

    public var pattern: Pattern
    public var jump: Network.Jump
    /// Which neurons receive it.
    public var neurons: Range<Int>

    public init(_ pattern: Pattern, jump: Network.Jump, neurons: Range<Int>) {
        self.pattern = pattern
        self.jump = jump
        self.neurons = neurons
    }
}

/// A jump on its way to a neuron.
public struct Arrival: Hashable, Sendable {
    /// ms.
    public var time: Double
    /// Height of the jump.
    public var weight: Double
    public var jump: Network.Jump

    public init(time: Double, weight: Double, jump: Network.Jump) {
        self.time = time
        self.weight = weight
        self.jump = jump
    }
}

/// Produces the external arrivals of one neuron on one path, in order of time.
///
/// Random inputs are drawn from Philox blocks counted along the sequence, so they depend on seed, path, neuron and input
/// only.
struct ExternalArrivals {
    private var sources: [Source]

    init(_ inputs: [ExternalInput], neuron: Int, path: Int, generator: Philox) {
        sources = inputs.enumerated().filter { $1.neurons.contains(neuron) }.map {
            Source($1, number: $0, neuron: neuron, path: path, generator: generator)
        }
    }

    /// When the next one that has not been taken comes (ms); infinite where none does.
    var nextTime: Double { sources.reduce(.infinity) { min($0, $1.next?.time ?? .infinity) } }

    /// All arrivals before a time (ms) that have not been taken yet.
    mutating func take(before end: Double) -> [Arrival] {
        var taken: [Arrival] = []
        for k in sources.indices {
            while let arrival = sources[k].next, arrival.time < end {
                taken.append(arrival)
                sources[k].advance()
            }
        }
        return sources.count > 1 ? taken.sorted { $0.time < $1.time } : taken
    }

    private struct Source {
        let input: ExternalInput
        let generator: Philox
        let counter: SIMD4<UInt32>
        var position: UInt32 = 0
        /// The value that is held, for patterns that replace it.
        var held = 0.0
        var next: Arrival?

        init(_ input: ExternalInput, number: Int, neuron: Int, path: Int, generator: Philox) {
            self.input = input
            self.generator = generator
            counter = [UInt32(path), UInt32(neuron), UInt32(number), 0]
            advance()
        }

        mutating func advance() {
            let earlier = next?.time
            next = nil
            switch input.pattern {
            case .times(let times, let height):
                if Int(position) < times.count { next = arrival(times[Int(position)], height) }
            case .poisson(let rate, let height):
                if rate > 0 { next = arrival((earlier ?? 0) - log(uniform()) / rate, height) }
            case .pulse(let height, let start, let end):
                if position < 2 { next = position == 0 ? arrival(start, height) : arrival(end, -height) }
            case .uniform(let low, let high, let interval):
                let value = low + (high - low) * uniform()
                next = arrival(Double(position) * interval, value - held)
                held = value
            }
            position += 1
        }

        private func arrival(_ time: Double, _ weight: Double) -> Arrival {
            Arrival(time: time, weight: weight, jump: input.jump)
        }

        /// Uniform on (0, 1).
        private func uniform() -> Double {
            var counter = counter
            counter[3] = position
            let block = generator.block(counter)
            return Philox.uniform(block[0], block[1])
        }
    }
}
