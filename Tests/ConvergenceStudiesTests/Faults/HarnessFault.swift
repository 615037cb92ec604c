import ConvergenceStudies
import SpikingNumerics

/// A mistake in the harness: right solvers are measured wrongly.
struct HarnessFault: Sendable, CustomStringConvertible {
    let name: String
    /// What is wrong, in plain words.
    let words: String
    /// The study of the check suite that is to notice.
    let study: String
    let alter: @Sendable (inout Study) throws -> Void

    var description: String { name }

    init(
        _ name: String, _ words: String, in study: String,
        alter: @escaping @Sendable (inout Study) throws -> Void
    ) {
        (self.name, self.words, self.study, self.alter) = (name, words, study, alter)
    }

    /// A fault of some of the integrators, or of the reference, as the harness sees them.
    init(
        _ name: String, _ words: String, in study: String, of originals: [any Integrator],
        spikes: @escaping @Sendable ([Spike]) -> [Spike] = { $0 },
        seesOtherPath: AlteredIntegrator.OtherPath = .none
    ) {
        self.init(name, words, in: study) { study in
            study.substitutes = originals.map {
                var altered = AlteredIntegrator($0)
                (altered.spikes, altered.seesOtherPath) = (spikes, seesOtherPath)
                return altered
            }
        }
    }

    static let all = reference + comparison + lyapunov
    static subscript(_ name: String) -> HarnessFault { all.first { $0.name == name }! }
}

private let exact: any Integrator = ExactEvent()
private let euler = IntegratorCatalogue.integrator(named: "euler-maruyama")!

extension HarnessFault {
    static let reference: [HarnessFault] = [
        HarnessFault(
            "reference-drops-first-spike", "the reference loses the first spike of each neuron", in: "spikes",
            of: [exact]
        ) { Array($0.dropFirst()) },
        HarnessFault(
            "reference-drops-near-tangential",
            "the reference misses spikes with a crossing speed below 0.02 per ms",
            in: "spikes", of: [exact]
        ) { $0.filter { $0.crossingSpeed >= 0.02 } },
        HarnessFault(
            "reference-drops-nearest-tangential",
            "the reference misses spikes with a crossing speed below 0.002 per ms", in: "spikes", of: [exact]
        ) { $0.filter { $0.crossingSpeed >= 0.002 } },
        HarnessFault(
            "reference-on-coarse-grid", "the reference puts spikes at the end of cells of 1/4 ms",
            in: "spikes",
            of: [exact]
        ) {
            $0.map { Spike(time: 0.25 * ($0.time / 0.25).rounded(.up), crossingSpeed: $0.crossingSpeed) }
        },
        HarnessFault(
            "reference-on-other-path", "the reference sees the noise of another path", in: "spikes",
            of: [exact],
            seesOtherPath: .all),
        HarnessFault(
            "reference-twice-as-fine", "the reference is Euler-Maruyama at half the finest step", in: "spikes"
        ) { $0.reference = .fineGrid(integrator: "euler-maruyama", factor: 2) },
        HarnessFault(
            "law-without-refractoriness", "the reference's rate is off by the refractory period",
            in: "white-noise"
        ) { study in
            var model = study.problem.model(neuron: 0)
            model.refractoryPeriod = 0
            study.substitutes = [try StationaryLaw.siegert(model)]
        },
    ]

    static let comparison: [HarnessFault] = [
        HarnessFault(
            "spikes-at-step-start",
            "the harness puts the spikes of euler-maruyama at the start of its steps of 1/4 ms",
            in: "spikes", of: [euler]
        ) { $0.map { Spike(time: max(0.25, $0.time - 0.25), crossingSpeed: $0.crossingSpeed) } },
        HarnessFault(
            "solver-on-other-path", "the harness gives euler-maruyama the noise of another path",
            in: "spikes",
            of: [euler], seesOtherPath: .all),
        HarnessFault(
            "first-spikes-dropped", "the harness loses the first spike of each path, on both sides",
            in: "lyapunov",
            of: [exact, euler]
        ) { Array($0.dropFirst()) },
    ]

    static let lyapunov: [HarnessFault] = [
        HarnessFault(
            "twin-on-other-path", "the twin sees the noise of another path", in: "lyapunov", of: [exact],
            seesOtherPath: .twins),
        HarnessFault("saltation-inverted", "the saltation factor is inverted", in: "lyapunov") { study in
            // log(1 + H/(τ A')) = -log(1 + H/(τ A)) for the A' that stands here.
            let model = study.problem.model(neuron: 0)
            let scale = model.resetHeight / model.membraneTimeConstant
            study.substitutes = [altered(exact) { -$0 - scale }]
        },
        HarnessFault(
            "saltation-after-reset", "the saltation factor has the speed after the reset, not before",
            in: "lyapunov"
        ) { study in
            let model = study.problem.model(neuron: 0)
            let scale = model.resetHeight / model.membraneTimeConstant
            study.substitutes = [altered(exact) { $0 + scale }]
        },
        HarnessFault("saltation-left-out", "spikes have no saltation factor", in: "lyapunov") { study in
            study.substitutes = [altered(exact) { _ in .infinity }]
        },
        HarnessFault(
            "near-tangential-without-saltation", "crossing speeds below 0.02 per ms are taken to be 0.02",
            in: "lyapunov"
        ) { study in
            study.substitutes = [altered(exact) { max(0.02, $0) }]
        },
    ]

    private static func altered(
        _ original: any Integrator, speed: @escaping @Sendable (Double) -> Double
    ) -> AlteredIntegrator {
        var altered = AlteredIntegrator(original)
        altered.spikes = {
            $0.map { Spike(time: $0.time, crossingSpeed: speed($0.crossingSpeed)) }
        }
        return altered
    }
}
