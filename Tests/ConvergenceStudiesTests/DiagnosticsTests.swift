import ConvergenceStudies
import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Diagnostics")
struct DiagnosticsTests {
    static func moments(_ paths: [[Double]], dimension: Int, levels: Int = 0) -> Moments {
        var moments = Moments(dimension: dimension, levels: levels)
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

    /// The power of a mean square, from so many paths with errors of every step drawn anew, but for one path.
    private static func power(_ errors: [[Double]], steps: [Double], leavingOut path: Int? = nil) throws
        -> WeightedSlope
    {
        var paths = errors
        if let path { paths.remove(at: path) }
        let estimates = try LevelEstimates(
            moments(paths, dimension: steps.count, levels: steps.count), estimate: .rootMean,
            confidence: 0.95, steps: steps, roundingFloor: steps.map { _ in 0 })
        return try #require(MeanSquareFit.logarithmicPower(estimates, steps: steps, timeConstant: 20))
    }

    /// The jackknife knows nothing of formulas for variances; for a smooth figure of 400 paths it is off by some parts in
    /// 400.
    @Test("the power's error is that of the jackknife, for three steps and more", arguments: [3, 4])
    func logarithmicPowerError(levels: Int) throws {
        let steps = Array([0.5, 0.25, 0.125, 0.0625].prefix(levels))
        var uniforms = Uniforms(5)
        let errors = (0..<400).map { _ in steps.map { h in 0.01 * h * (0.5 + uniforms.next()) } }
        let whole = try Self.power(errors, steps: steps)
        let parts = try errors.indices.map { try Self.power(errors, steps: steps, leavingOut: $0).value }
        let mean = parts.reduce(0, +) / 400
        let variance = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 399 / 400
        #expect(abs(whole.standardError / variance.squareRoot() - 1) < 0.02)
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
        for list in [plain, scaled] { #expect(list.map(\.h) == [0.5, 0.125, 0.5, 0.125]) }
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

    /// a₀ = 1/20 per ms, so that at h = 0.25 ms α = 0.025 per ms for k = 1/2.
    @Test("a path is in the good set where every spike has its partner and is fast enough")
    func goodSetOfOnePath() throws {
        func sample(_ name: String, reference: [(Double, Double)], tested: [Double]) throws -> Sample {
            let spikes = reference.map { Spike(time: $0.0, crossingSpeed: $0.1) }
            let others = tested.map { Spike(time: $0, crossingSpeed: 1) }
            let neuron = PathComparison.Neuron(
                referenceVoltage: 0.5, testedVoltage: 0.2, referenceCurrent: 0, testedCurrent: 0,
                referenceSpikes: spikes, testedSpikes: others, meanSquaredError: 0, resetHeight: 1,
                matching: SpikeMatching(reference: spikes, tested: others, window: 5),
                scales: SpikeTimeScales(membraneTimeConstant: 20), duration: 100)
            var path = PathComparison(neurons: [neuron])
            path.step = 0.25
            let found = MeasureCatalogue.measures(named: "good-set", observable: "").first {
                $0.name == name && $0.observable == "h^1/2"
            }
            return try #require(found).sample(path, neurons: 0..<1)
        }
        let fast = [(20.0, 0.025), (50.0, 0.05)]
        let cases: [(reference: [(Double, Double)], tested: [Double], isGood: Bool)] = [
            (fast, [20.5, 49], true), (fast, [20.5], false), (fast, [20.5, 49, 80], false),
            ([(20, 0.0249), (50, 0.05)], [20.5, 49], false),
        ]
        for (reference, tested, isGood) in cases {
            let hit = isGood ? 1.0 : 0
            #expect(
                try sample("good-set-probability", reference: reference, tested: tested)
                    == Sample(value: hit, square: hit))
            #expect(
                try sample("bad-set-probability", reference: reference, tested: tested)
                    == Sample(value: 1 - hit, square: 1 - hit))
            // V is off by 0.3.
            let share = try sample("bad-set-share", reference: reference, tested: tested)
            #expect(abs(share.weight - 0.09) < 1e-15 && share.value == (isGood ? 0 : share.weight))
            #expect(share.square == share.value)
            // (0.025 · 0.5)² + (0.05 · 1)²
            let scaled = try sample("good-set-scaled-error", reference: reference, tested: tested)
            #expect(abs(scaled.value - (isGood ? 0.0125 * 0.0125 + 0.0025 : 0)) < 1e-15)
            #expect(scaled.weight == (isGood ? 2 : 0) && scaled.square == scaled.value)
        }
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

    /// Of two paths with x and y the mean is m = (x + y)/2 and its standard error |x - y|/2 = |x - m|.
    /// The spikes of two neurons that differ, one by one: of n that are slower than α, γ = n/Σ log(α/A).
    @Test("the tail of crossing speeds is that of the spikes that are listed")
    func listedCrossings() async throws {
        let other = NeuronModel(membraneTimeConstant: 10, threshold: 2, drive: 0.2, noiseStrength: 0.1)
        var study = Self.study
        study.problem = Problem(
            models: [NeuronModel(), other], modelIndices: [0, 1], network: Network(neuronCount: 2),
            initial: .fixed(voltage: 0, current: 0), duration: 60)
        study.measures = [.init(name: "crossing-speed-tail"), .init(name: "spike-times")]
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let speeds = result.crossings.map(\.speed)
        let tail = try #require(result.curves?.first { $0.name == "crossing-speed-tail" })
        #expect(tail.x.first == 1.0 / 20 && tail.x.count >= 3)
        for (limit, exponent) in zip(tail.x, tail.y) {
            let slow = speeds.filter { $0 < limit }
            let expected = Double(slow.count) / slow.reduce(0) { $0 + log(limit / $1) }
            #expect(abs(exponent / expected - 1) < 1e-9)
        }
    }

    @Test("two paths give an exponent of the spectrum its standard error")
    func twoPaths() async throws {
        var study = Self.study
        study.measures = [.init(name: "lyapunov-spectrum")]
        study.integrators = ["euler-maruyama"]
        var exponents: [[Scalar]] = []
        for paths in 1...2 {
            study.sampling.paths = paths
            let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
            exponents.append(result.scalars.filter { $0.name == "lyapunov-spectrum[1]" })
        }
        for (one, both) in zip(exponents[0], exponents[1]) {
            let (x, mean) = (try #require(one.value), try #require(both.value))
            #expect(abs(try #require(both.standardError) - abs(x - mean)) < 1e-9)
            #expect(abs(x - mean) > 1e-6 && one.standardError == nil)
        }
        #expect(exponents[0].count == 3)
    }

    /// A difference of two paths without spikes shrinks by 1 - h/τ_m in a step, or e^{-t/τ_m} in truth, so that after
    /// 3000 ms e^{-150} would be left of it.
    @Test("twins are brought back in time, and show the leak of a silent neuron at any distance")
    func silentTwins() async throws {
        let study = Study(
            name: "s", title: "",
            problem: Problem(model: NeuronModel(drive: 0, noiseStrength: 1e-6), duration: 3000),
            integrators: ["euler-maruyama"], steps: [0.5, 0.25],
            measures: ["lyapunov", "twin-sizes"].map { .init(name: $0) }, sampling: .init(paths: 12))
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        func leak(_ h: Double?) -> Double { h.map { log(1 - $0 / 20) / $0 } ?? -1 / 20 }
        let twins = result.scalars.filter { $0.method == "twin" }
        #expect(twins.map(\.h) == [nil, 0.5, 0.25])
        // I, which differs a little at first, is forgotten in the first of 3000 ms.
        for twin in twins { #expect(abs(try #require(twin.value) - leak(twin.h)) < 1e-5) }
        let curves = try #require(result.curves).filter { $0.name == "twin-size" }
        #expect(curves.map(\.h) == [nil, 0.5, 0.25])
        for curve in curves {
            for (rate, error) in zip(curve.y, curve.standardErrors) {
                #expect(abs(rate - leak(curve.h)) < 1e-5 && error < 1e-9)
            }
        }
    }

    /// Of a ratio's mean over paths the standard error is that of growth less rate × time, over the mean time.
    @Test("exponents of twins of many sizes have the errors of the paths' exponents")
    func twinErrors() async throws {
        var study = Self.study
        study.measures = [.init(name: "twin-sizes")]
        study.integrators = ["euler-maruyama"]
        study.steps = [0.5]
        study.problem.duration = 200
        func curves(_ paths: Int) async throws -> [Curve] {
            study.sampling.paths = paths
            let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
            return try #require(result.curves).filter { $0.name == "twin-size" }
        }
        let (one, both) = (try await curves(1), try await curves(2))
        #expect(one.count == 2)
        for (single, double) in zip(one, both) {
            #expect(single.standardErrors.allSatisfy { $0 == 0 })
            // Time counts up to the last time that twins were renormalised, every 8 ms, and not apart, usually one before T,
            // and without what led to a new start.
            for k in single.y.indices {
                let expected = abs(single.y[k] - double.y[k])
                #expect(abs(double.standardErrors[k] - expected) < 0.05 * expected + 1e-9)
            }
        }
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
