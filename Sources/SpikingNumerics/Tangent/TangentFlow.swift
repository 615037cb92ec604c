import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How small differences between two solutions of a network on one noise evolve along a path: the flow's linearisation.
///
/// Between events each neuron's difference follows the noise-free linear equation,
///
///     δI(t+u) = e^{-u/τ_s} δI,      δV(t+u) = e^{-u/τ_m} δV + K(u) δI.
///
/// At a spike of neuron k that crosses the threshold at speed A, a difference δV_k shifts the spike by δt = -δV_k/A and
///
///     δV_k := s δV_k,               s = 1 + (V_th - V_r)/(τ_m A)
///
/// and where the spike arrives, D later, what it does comes δt later, too:
///
///     a jump w of I:   δV_i -= w δt,   δI_i += w δt/τ_s
///     a jump w of μ:   δV_i -= w δt
///     a jump w of a receptor's x:   δV_i -= w δt,   δx_i += w δt/τ_decay
///     a jump w of a receptor's y:   δx_i -= w δt,   δy_i += w δt/τ_rise
///
/// A jump w of V would leave δV_i += w δt/τ_m, but makes spikes without a crossing speed.
///
/// Source: M. Timme, F. Wolf, Nonlinearity 21 (2008), doi:10.1088/0951-7715/21/7/011; for saltation, R. I. Leine,
/// H. Nijmeijer, "Dynamics and Bifurcations of Non-Smooth Mechanical Systems", Springer 2004,
/// doi:10.1007/978-3-540-44398-8.
package struct TangentFlow {
    /// Differences that evolve side by side: columns; δV_i in row i, τ_s δI_i in row n + i, and behind them neuron by neuron those of
    /// receptors, τ_decay δx and then, where it rises, τ_decay τ_rise δy, all in V-units.
    package private(set) var differences: Matrix

    private let problem: Problem
    /// For each neuron the row of each receptor's x.
    private let receptorRows: [[Int]]
    /// Up to when each neuron's differences have come, ms.
    private var times: [Double]
    /// Arrivals that are shifted, each with the shifts of all differences in ms; the latest first.
    private var pending: [(time: Double, synapse: Network.Synapse, shifts: [Double])] = []

    /// - Parameters:
    ///   - differences: As many rows as ``dimension(_:)`` says.
    ///   - time: When they are, ms.
    package init(problem: Problem, differences: Matrix, time: Double) {
        precondition(differences.rows == Self.dimension(problem))
        precondition(problem.models.allSatisfy { $0.refractoryPeriod == 0 })
        self.problem = problem
        self.differences = differences
        var row = 2 * problem.network.neuronCount
        receptorRows = (0..<problem.network.neuronCount).map { neuron in
            problem.model(neuron: neuron).receptors.map { receptor in
                defer { row += receptor.dimension }
                return row
            }
        }
        times = .init(repeating: time, count: problem.network.neuronCount)
    }

    /// How many variables there are: V and I of every neuron, and those of its receptors.
    package static func dimension(_ problem: Problem) -> Int {
        (0..<problem.network.neuronCount).reduce(0) {
            $0 + problem.model(neuron: $1).receptors.reduce(2) { $0 + $1.dimension }
        }
    }

    /// All neurons up to a time.
    package mutating func advance(to time: Double) {
        deliver(through: time)
        for neuron in times.indices { advance(neuron, to: time) }
    }

    /// A spike of a neuron, not before anything that was told earlier.
    package mutating func pass(_ spike: Spike, of neuron: Int) {
        deliver(through: spike.time)
        advance(neuron, to: spike.time)
        let model = problem.model(neuron: neuron)
        let stretch = 1 + model.resetHeight / (model.membraneTimeConstant * spike.crossingSpeed)
        let shifts = (0..<differences.columns).map { -differences[neuron, $0] / spike.crossingSpeed }
        for k in 0..<differences.columns { differences[neuron, k] *= stretch }
        for synapse in problem.network.outgoing[neuron] {
            if synapse.delay == 0 {
                shift(synapse, by: shifts, at: spike.time)
            } else {
                add((spike.time + synapse.delay, synapse, shifts))
            }
        }
    }

    /// Replaces the differences by orthonormal ones that span the same: A = Q R.
    ///
    /// - Returns: The logarithms of R's diagonal.
    /// - Throws: `GSLError`.
    package mutating func orthonormalise() throws -> [Double] {
        let factors = try QRFactorization(differences)
        differences = factors.orthogonal(rows: 0..<differences.rows, columns: 0..<differences.columns)
        let triangle = factors.triangle
        // What waits to arrive belongs to the same differences: shifts R⁻¹, forward through the columns.
        for p in pending.indices {
            for k in 0..<triangle.columns {
                var shift = pending[p].shifts[k]
                for m in 0..<k { shift -= pending[p].shifts[m] * triangle[m, k] }
                pending[p].shifts[k] = shift / triangle[k, k]
            }
        }
        return (0..<triangle.columns).map { log(triangle[$0, $0]) }
    }

    private mutating func add(_ arrival: (time: Double, synapse: Network.Synapse, shifts: [Double])) {
        var place = pending.count
        while place > 0, pending[place - 1].time < arrival.time { place -= 1 }
        pending.insert(arrival, at: place)
    }

    private mutating func deliver(through time: Double) {
        while let next = pending.last, next.time <= time {
            pending.removeLast()
            shift(next.synapse, by: next.shifts, at: next.time)
        }
    }

    private mutating func shift(_ synapse: Network.Synapse, by shifts: [Double], at time: Double) {
        let target = synapse.target
        advance(target, to: time)
        let model = problem.model(neuron: target)
        let weight = synapse.weight
        for (k, shift) in shifts.enumerated() {
            switch synapse.jump {
            case .current:
                differences[target, k] -= weight * shift
                differences[times.count + target, k] += weight * shift
            case .drive:
                differences[target, k] -= weight * shift
            case .voltage:
                differences[target, k] += weight * shift / model.membraneTimeConstant
            case .receptor(let r):
                let receptor = model.receptors[Int(r)]
                let (jump, row) = (weight * receptor.gain * shift, receptorRows[target][Int(r)])
                if receptor.riseRate != nil {
                    differences[row, k] -= jump / receptor.decayRate
                    differences[row + 1, k] += jump / receptor.decayRate
                } else {
                    differences[target, k] -= jump
                    differences[row, k] += jump
                }
            }
        }
    }

    private mutating func advance(_ neuron: Int, to time: Double) {
        let elapsed = time - times[neuron]
        guard elapsed > 0 else { return }
        times[neuron] = time
        let model = problem.model(neuron: neuron)
        let (voltageDecay, currentDecay) = (model.voltageDecay(elapsed), model.currentDecay(elapsed))
        let gain = model.synapticKernel(elapsed) / model.synapticTimeConstant
        for k in 0..<differences.columns {
            let current = differences[times.count + neuron, k]
            differences[neuron, k] = voltageDecay * differences[neuron, k] + gain * current
            differences[times.count + neuron, k] = currentDecay * current
        }
        for (receptor, row) in zip(model.receptors, receptorRows[neuron]) {
            let rates = ReceptorRates(receptor, leak: model.leakRate)
            advance(neuron, receptor, row: row, .exact(rates, elapsed))
        }
    }

    private mutating func advance(_ neuron: Int, _ receptor: Receptor, row: Int, _ step: ReceptorStep) {
        let decay = receptor.decayRate
        for k in 0..<differences.columns {
            let current = differences[row, k]
            differences[neuron, k] += step.voltageOfCurrent * decay * current
            differences[row, k] = step.currentDecay * current
            guard let rise = receptor.riseRate else { continue }
            let difference = differences[row + 1, k]
            differences[neuron, k] += step.voltageOfRise * decay * rise * difference
            differences[row, k] += step.currentOfRise * rise * difference
            differences[row + 1, k] = step.riseDecay * difference
        }
    }
}
