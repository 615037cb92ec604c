import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Diagnostics")
struct DiagnosticsTests {
    static func moments(_ paths: [[Double]], dimension: Int, levels: Int = 0) -> BlockSums.Moments {
        var moments = BlockSums.Moments(dimension: dimension, levels: levels)
        for path in paths {
            moments.add(path, squares: path.prefix(levels).map { $0 })
        }
        return moments
    }

    /// 40 000 paths with 5 crossings each, drawn by inversion of P(A < α) = (α/a)^γ: 800 or more lie below the shown α,
    /// so 4 standard errors, exceeded once in 16 000 seeds, are 0.36 or less.
    @Test("the tail of crossing speeds gives the exponent it was made with", arguments: [2.0, 2.5])
    func tail(_ gamma: Double) throws {
        let model = NeuronModel()
        let speeds = CrossingTail.speeds(model)
        var generator = SplitMix64(seed: 11)
        let paths = (0..<40_000).map { _ in
            let crossings = (0..<5).map { _ in
                0.05 * pow(Double(generator.next() >> 11) * 0x1p-53, 1 / gamma)
            }
            return CrossingTail.sums(crossings, speeds: speeds)
        }
        let tail = CrossingTail(Self.moments(paths, dimension: CrossingTail.dimension), model: model)
        let exponent = try #require(tail.exponent)
        #expect(abs(exponent.value - gamma) < 4 * exponent.variance.squareRoot())
        #expect(exponent.variance.squareRoot() < 0.09)
        // An octave of speeds below α has ∫ A⁻² dP ∝ α^{γ-2}: none of it for γ = 2, where the moment grows like a log.
        let growth = try #require(tail.growth)
        #expect(abs(growth.value - (gamma - 2)) < 4 * growth.variance.squareRoot())
        #expect(growth.variance.squareRoot() < 0.05)
        // E[A⁻² 1{A ≥ α}] of the power law, at the α that the exponent is for.
        let moment = try #require(tail.inverseMoment(3))
        let exact =
            gamma == 2
            ? 2 * log(8) / (0.05 * 0.05)
            : gamma / (gamma - 2) * (1 - pow(8, 2 - gamma)) / (0.05 * 0.05)
        #expect(abs(moment.value - exact) < 4 * moment.variance.squareRoot())
    }

    @Test("a mean square of C h (log τ_m/h)^p has the power p", arguments: [0.0, 1, 2])
    func logarithmicPower(_ power: Double) throws {
        let steps = [0.5, 0.25, 0.125, 0.0625]
        // Two kinds of paths, so that there is a variance.
        let paths = (0..<400).map { k in
            steps.map { (k % 2 == 0 ? 0.9 : 1.1) * 0.01 * $0 * pow(log(20 / $0), power) }
        }
        let estimates = try LevelEstimates(
            Self.moments(paths, dimension: 4, levels: 4), estimate: .rootMean, confidence: 0.95, steps: steps,
            roundingFloor: steps.map { _ in 0 })
        let slope = try #require(
            MeanSquareFit.logarithmicPower(estimates, steps: steps, timeConstant: 20))
        #expect(abs(slope.value - power) < 1e-9)
    }

    static let study = Study(
        name: "s", title: "", problem: Problem(initial: .stationary(burnIn: 100), duration: 60),
        integrators: ["euler-maruyama", "exact-propagator+hermite"], steps: [0.5, 0.125],
        measures: ["strong-final", "good-set", "scaled-spike-times", "crossing-speed-tail"]
            .map { .init(name: $0) },
        sampling: .init(paths: 2048))

    @Test("good sets split the error, and scaled errors cover the matched spikes")
    func goodSets() async throws {
        let result = try await StudyRunner(study: Self.study, threads: 2).run { _, _ in }
        func value(_ measure: String, _ h: Double, _ set: String) -> Double? {
            result.rows.first {
                $0.measure == measure && $0.h == h && $0.observable == set
                    && $0.integrator == "euler-maruyama"
            }?.value
        }
        for h in [0.5, 0.125] {
            for set in ["h^1/4", "h^1/2"] {
                let good = try #require(value("good-set-probability", h, set))
                let bad = try #require(value("bad-set-probability", h, set))
                #expect(abs(good + bad - 1) < 1e-12)
            }
            // α is greater for k = 1/4, as h < 1 ms.
            #expect(value("good-set-probability", h, "h^1/4")! < value("good-set-probability", h, "h^1/2")!)
            // Nearly all of the mean square is that of rare paths.
            #expect(value("bad-set-share", h, "h^1/2")! > 0.9)
        }
        let scaled = result.distributions.filter { $0.name == "scaled-spike-time-error" }
        let plain = result.distributions.filter { $0.name == "spike-time-error" }
        #expect(scaled.count == 4)
        for (a, b) in zip(scaled, plain) {
            #expect(a.counts.reduce(a.below + a.above, +) == b.counts.reduce(b.below + b.above, +))
        }
        #expect(Set(result.curves!.map(\.name)) == ["crossing-speed-tail", "inverse-moment", "flux-density"])
        // Four bins to an octave, so their middles are at odd eighths.
        for speed in try #require(result.curves?.first { $0.name == "flux-density" }).x {
            let eighths = 8 * log2(speed)
            #expect(abs(eighths - eighths.rounded()) < 1e-6 && Int(eighths.rounded()) % 2 != 0)
        }
        let tail = try #require(result.scalars.first { $0.name == "crossing-speed-tail" })
        #expect(tail.method == "maximum-likelihood")
    }

    @Test("spectra and twins of many sizes are the same on any number of threads")
    func spectra() async throws {
        var study = Self.study
        study.measures = ["lyapunov", "lyapunov-spectrum", "twin-sizes"].map { .init(name: $0) }
        study.problem.duration = 200
        study.sampling.paths = 1100
        study.integrators = ["euler-maruyama"]
        let one = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let two = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        #expect(try StudyRunnerTests.body(one) == StudyRunnerTests.body(two))
        let exponents = (1...2).map { k in
            one.scalars.first { $0.name == "lyapunov-spectrum[\(k)]" && $0.h == nil }!
        }
        #expect(exponents.allSatisfy { $0.method == "qr" && $0.unit == "1/ms" })
        // The second exponent is exactly that of I, once directions are settled.
        #expect(abs(exponents[1].value! + 0.2) < 1e-3)
        let saltation = one.scalars.first { $0.method == "saltation" && $0.h == nil }!
        #expect(abs(exponents[0].value! - saltation.value!) < 5 * exponents[0].standardError!)
        // Twins further apart than h A see the dynamics, nearer ones what a reset on the grid leaves of a difference.
        let twins = one.curves!.filter { $0.name == "twin-size" && $0.integrator == "euler-maruyama" }
        let coarse = try #require(twins.first { $0.h == 0.5 })
        #expect(coarse.y.first! > -0.06)
        #expect(coarse.y.last! < -0.15)
    }

    @Test("the largest exponent of a recurrent network is that of twins")
    func largest() async throws {
        let network = Network(
            neuronCount: 3,
            synapses: [
                .init(source: 0, target: 1, weight: 0.012, delay: 1),
                .init(source: 1, target: 2, weight: -0.02, delay: 1.5),
                .init(source: 2, target: 0, weight: 0.015, delay: 1),
            ])
        let study = Study(
            name: "s", title: "",
            problem: Problem(network: network, initial: .stationary(burnIn: 100), duration: 400),
            integrators: ["exact-propagator+hermite"], steps: [0.125],
            measures: [.init(name: "lyapunov-spectrum")], sampling: .init(paths: 512))
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        let found = result.scalars.filter { $0.name == "lyapunov-spectrum[1]" && $0.h == nil }
        let (qr, twin) = (
            try #require(found.first { $0.method == "qr" }), try #require(found.first { $0.method == "twin" })
        )
        // Twins count from the start, where they grow as neurons do on average: a bias of some 1/T.
        #expect(abs(qr.value! - twin.value!) < 4 * (qr.standardError! + twin.standardError!) + 1 / 400)
        #expect(result.scalars.contains { $0.name == "lyapunov-spectrum[6]" && $0.method == "qr" })
    }
}
