import SolverProtocol
import SpikingNumerics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the solver makes of its increments: from step to step, I must gain σ ΔW of just that step, path and neuron.
struct NoiseRung: Rung {
    static let name = "noise"
    private static let step = 0.125
    private static let duration = 8.0
    private static let models = [0.02, 0.05].map { NeuronModel(threshold: 50, drive: 0, noiseStrength: $0) }
    /// How far a method's own error of I may change the increments, relatively: h/τ_s, twice.
    private static let tolerance = 2 * step / models[0].synapticTimeConstant

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let problem = Problem(
            models: Self.models, modelIndices: [0, 1], network: Network(neuronCount: 2),
            initial: .fixed(voltage: 0, current: 0), duration: Self.duration)
        let isStrong = probe.choice.mode == .strong
        let answer = try await probe.ask(problem, step: Self.step, paths: isStrong ? 64 : 4096)
        return isStrong ? judge(answer) : judgeVariance(answer)
    }

    // MARK: Increments that were handed over

    private func judge(_ answer: SolverProbe.Answer) -> ConformanceLadder.Finding {
        let fits = (0..<2).map { fit(answer, $0, place: Self.ownPlace) }
        let seen = fits.map { StepText.number($0.slope) }.joined(separator: " and ")
        let text = "I gains \(seen) times sigma dW in a step, which explains \(percent(fits)) of its noise"
        if fits.allSatisfy({ $0.explained > 1 - Self.tolerance }) {
            if fits.allSatisfy({ abs($0.slope - 1) <= Self.tolerance }) {
                return .init(.pass, text)
            }
            return .init(.fail, text, diagnosis: reason(for: fits.map(\.slope)))
        }
        return .init(.fail, text, diagnosis: misplacement(answer))
    }

    private func percent(_ fits: [Fit]) -> String {
        "\(Int((100 * fits.map(\.explained).min()!).rounded())) %"
    }

    /// Path, step and neuron that an increment is taken from, by path, step and neuron that use it.
    private typealias Place = (Int, Int, Int) -> (Int, Int, Int)

    private static let ownPlace: @Sendable (Int, Int, Int) -> (Int, Int, Int) = { ($0, $1, $2) }

    private struct Fit {
        var slope: Double
        /// Part of the innovations' square that the increments explain.
        var explained: Double
    }

    /// Regresses the innovations of I on σ ΔW, taken from somewhere that depends on path, step and neuron.
    private func fit(_ answer: SolverProbe.Answer, _ neuron: Int, place: Place) -> Fit {
        let request = answer.request
        let model = Self.models[neuron]
        let decay = model.currentDecay(request.step)
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for path in 0..<request.paths.count {
            let currents = [0] + answer.currents(neuron: neuron, path: path)
            for k in 0..<request.steps {
                let (otherPath, step, otherNeuron) = place(path, k, neuron)
                guard (0..<request.steps).contains(step) else { continue }
                let x =
                    model.noiseStrength * request.increment(path: otherPath, step: step, neuron: otherNeuron)
                let y = currents[k + 1] - decay * currents[k]
                xx += x * x
                xy += x * y
                yy += y * y
            }
        }
        return Fit(slope: xy / xx, explained: yy > 0 ? xy * xy / (xx * yy) : 0)
    }

    /// Where the increments come from, if not from where they should.
    private func misplacement(_ answer: SolverProbe.Answer) -> String {
        let last = answer.request.steps - 1
        let places: [(String, Place)] = [
            ("increments are used one step late: step k takes dW[:, k - 1]", { ($0, $1 - 1, $2) }),
            ("increments are used two steps late: step k takes dW[:, k - 2]", { ($0, $1 - 2, $2) }),
            ("increments are used one step early: step k takes dW[:, k + 1]", { ($0, $1 + 1, $2) }),
            ("increments are used in reverse order", { ($0, last - $1, $2) }),
            (
                "the neurons' increments are mixed up: the last index of dW is the neuron",
                { ($0, $1, 1 - $2) }
            ),
            ("all paths take the increments of path 0: the first index of dW is the path", { (0, $1, $2) }),
            (
                "all neurons take the increments of neuron 0: the last index of dW is the neuron",
                { path, step, _ in (path, step, 0) }
            ),
        ]
        for (name, place) in places
        where (0..<2).allSatisfy({ fit(answer, $0, place: place).explained > 1 - 2 * Self.tolerance }) {
            return name
        }
        return
            "I does not move with the increments in dW.npy, or with only a part of them: every step must add sigma dW once, "
            + "and nothing else may be random"
    }

    /// Why the noise has the wrong strength.
    private func reason(for slopes: [Double]) -> String {
        let h = Self.step
        func all(_ factor: (Int) -> Double) -> Bool {
            slopes.indices.allSatisfy { abs(slopes[$0] / factor($0) - 1) <= 2 * Self.tolerance }
        }
        let sigma = Self.models.map(\.noiseStrength)
        let tau = Self.models[0].synapticTimeConstant
        if all({ _ in h.squareRoot() }) {
            return
                "dW is multiplied by sqrt(h): it has the variance h already, it is no standard normal number"
        }
        if all({ _ in h }) { return "dW is multiplied by h: it is an increment already, no rate" }
        if all({ _ in 1 / h }) { return "dW is divided by h without being multiplied by it again" }
        if all({ _ in 1 / h.squareRoot() }) { return "dW is divided by sqrt(h): I must gain sigma dW itself" }
        if all({ _ in 2 }) { return "every increment is used twice" }
        if all({ 1 / sigma[$0] }) { return "sigma is left out" }
        if all({ sigma[0] / sigma[$0] }) { return "all neurons have the sigma of neuron 0" }
        if all({ _ in 1 / tau }) {
            return "dW is divided by tau_s: the equation is dI = -I/tau_s dt + sigma dW"
        }
        if all({ _ in (2 / tau).squareRoot() }) {
            return
                "the noise is scaled to make sigma the standard deviation of I: dI = -I/tau_s dt + sigma dW"
        }
        return "I must gain sigma dW in a step, no more and no less"
    }

    // MARK: Noise of the solver's own

    /// The variance of I at the end, whose estimate has a relative standard error of √(2/paths).
    private func judgeVariance(_ answer: SolverProbe.Answer) -> ConformanceLadder.Finding {
        let paths = answer.request.paths.count
        let ratios = (0..<2).map { neuron in
            let model = Self.models[neuron]
            let rate = 2 / model.synapticTimeConstant
            let exact = model.noiseStrength * model.noiseStrength * -expm1(-rate * Self.duration) / rate
            let sum = (0..<paths).reduce(0.0) {
                let current = answer.currents(neuron: neuron, path: $1).last!
                return $0 + current * current
            }
            return sum / (Double(paths) * exact)
        }
        let allowed = 5 * (2 / Double(paths)).squareRoot() + Self.tolerance
        let text =
            "the variance of I is \(ratios.map { StepText.number($0) }.joined(separator: " and ")) times what it should be"
        if ratios.allSatisfy({ abs($0 - 1) <= allowed }) { return .init(.pass, text) }
        return .init(.fail, text, diagnosis: reason(for: ratios.map { $0.squareRoot() }))
    }
}
