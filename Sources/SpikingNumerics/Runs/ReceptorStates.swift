/// x and y of the receptors of all neurons of a run, on eight paths.
///
/// A neuron has first what all its currents are, then, where any receptor rises, what makes them rise.
struct ReceptorStates {
    /// How many receptors a neuron has.
    let count: Int
    /// Lanes of a neuron.
    let width: Int
    private let neuronCount: Int
    private let lanes: UnsafeMutablePointer<Lanes>

    init(_ problem: Problem) {
        (count, width) = (problem.receptorCount, problem.receptorWidth)
        neuronCount = problem.network.neuronCount
        lanes = .allocate(capacity: width * neuronCount)
        clear()
    }

    func deallocate() { lanes.deallocate() }

    func clear() { lanes.initialize(repeating: .zero, count: width * neuronCount) }

    /// The lanes of a neuron.
    @inline(__always)
    subscript(neuron: Int) -> UnsafeMutablePointer<Lanes> { lanes + width * neuron }

    /// What V of a neuron feels.
    @inline(__always)
    func push(_ neuron: Int) -> Lanes {
        let own = self[neuron]
        var sum = Lanes.zero
        for k in 0..<count { sum += own[k] }
        return sum
    }

    func array(_ neuron: Int) -> [Lanes] { Array(UnsafeBufferPointer(start: self[neuron], count: width)) }

    func set(_ values: [Lanes], neuron: Int) {
        precondition(values.count == width, "another number of receptors")
        for (k, value) in values.enumerated() { self[neuron][k] = value }
    }

    func currents(_ neuron: Int, lane: Int) -> ReceptorCurrents {
        let own = self[neuron]
        var found = ReceptorCurrents()
        for k in 0..<count { found.currents[k] = own[k][lane] }
        for k in count..<max(count, width) { found.rises[k - count] = own[k][lane] }
        return found
    }

    func set(_ currents: ReceptorCurrents, neuron: Int, lane: Int) {
        let own = self[neuron]
        for k in 0..<count { own[k][lane] = currents.currents[k] }
        for k in count..<max(count, width) { own[k][lane] = currents.rises[k - count] }
    }

    func add(_ currents: ReceptorCurrents, neuron: Int, lane: Int) {
        let own = self[neuron]
        for k in 0..<count { own[k][lane] += currents.currents[k] }
        for k in count..<max(count, width) { own[k][lane] += currents.rises[k - count] }
    }

    /// Takes a step of one neuron; the result is what it does to V.
    @inline(__always)
    func advance(_ neuron: Int, _ steps: ReceptorSteps) -> Lanes {
        let own = self[neuron]
        var lift = Lanes.zero
        for k in 0..<count {
            let current = own[k]
            lift += steps.voltageOfCurrent[k] * current
            own[k] = steps.currentDecay[k] * current
        }
        guard width > count else { return lift }
        for k in 0..<count {
            let rise = own[count + k]
            lift += steps.voltageOfRise[k] * rise
            own[k] += steps.currentOfRise[k] * rise
            own[count + k] = steps.riseDecay[k] * rise
        }
        return lift
    }
}

extension Problem {
    /// How many receptors a neuron has.
    var receptorCount: Int { models.map(\.receptors.count).max() ?? 0 }

    /// How many numbers receptors of a neuron hold.
    var receptorWidth: Int { models.contains { $0.receptors.rise } ? 2 * receptorCount : receptorCount }

    /// By what these numbers of a neuron are to be multiplied to become V-units: by time constants.
    func receptorScales(_ model: NeuronModel) -> [Double] {
        let currents = model.receptors.map { 1 / $0.decayRate }
        guard receptorWidth > receptorCount else { return currents }
        return currents + model.receptors.map { 1 / ($0.decayRate * ($0.riseRate ?? .infinity)) }
    }
}
