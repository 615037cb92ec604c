import ConvergenceStudies
import Foundation
import SpikingNumerics
import TestSupport
import Testing

/// Whole studies against the independent programs in Tests/Oracles: other language, other generator, a plain fine grid
/// instead of a Brownian tree.
///
/// 16384 paths; every figure at 4.5 combined standard errors (false alarm 7e-6 each, 1e-3 over all, and the seed is
/// fixed).  Detected with probability 1/2: errors of about 15 % in a root mean square or a mismatch probability at the
/// coarsest step, 20 % in a bias.
@Suite("Studies against an independent program")
struct OracleStudyTests {
    struct Figure: Decodable {
        var value: Double
        var se: Double
    }

    struct Transient: Decodable {
        struct Case: Decodable {
            struct Parameters: Decodable {
                var tau_m, tau_s, E_L, V_th, V_r, mu, sigma, V0, I0, T: Double
            }
            struct Level: Decodable {
                var h: Double
                var rms_V, rms_V_jump_aware, P_count_mismatch, count_bias, bias_cos_V, bias_tanh_I: Figure
                var bias_exp_minus_V2: Figure
            }
            var `case`: String
            var parameters: Parameters
            var euler_maruyama: [Level]
            var spikes_per_path: Figure
        }
        var cases: [Case]
    }

    struct Feedforward: Decodable {
        struct Level: Decodable {
            var h: Double
            var rms_V_by_layer: [Figure]
            var rms_V_network, P_any_count_mismatch, count_bias_per_neuron, bias_cos_V: Figure
            var P_any_count_mismatch_by_layer, count_bias_per_neuron_by_layer, bias_cos_V_by_layer: [Figure]
        }
        var euler_maruyama: [Level]
        var spikes_per_neuron_by_layer: [Figure]
    }

    static func oracle<Content: Decodable>(_ name: String, _ type: Content.Type) throws -> Content {
        let file = Repository.folder.appending(path: "Tests/Oracles/\(name)")
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }

    static let transient = try! oracle("transient.json", Transient.self).cases

    static func study(_ problem: Problem, steps: [Double], paths: Int, seed: UInt64) -> Study {
        Study(
            name: "oracle", title: "", problem: problem, integrators: ["euler-maruyama"], steps: steps,
            measures: [
                .init(name: "strong-final"), .init(name: "strong-jump-aware"), .init(name: "count-mismatch"),
                .init(name: "weak", observable: "spike-count"), .init(name: "weak", observable: "cos-V"),
                .init(name: "weak", observable: "exp-V2"), .init(name: "weak", observable: "tanh-I"),
            ], sampling: .init(paths: paths, seed: seed))
    }

    static func expect(
        _ result: StudyResult, _ measure: String, _ observable: String = "", case: String = "network",
        h: Double,
        is expected: Figure, _ comment: String
    ) {
        let row = result.rows.first {
            $0.measure == measure && $0.observable == observable && $0.case == `case` && $0.h == h
        }
        guard let row, let value = row.value, let error = row.standardError else {
            Issue.record("\(comment): no row for \(measure) at \(h)")
            return
        }
        // Where events are so rare that one of the two samples may have none, its standard error says nothing: a Poisson
        // count of zero is compatible with 12 (e^-12 = 6e-6).
        let rare = measure == "count-mismatch" || observable == "spike-count" ? 12 / Double(row.paths) : 0
        let combined = (error * error + expected.se * expected.se).squareRoot()
        #expect(
            abs(value - expected.value) <= max(4.5 * combined, expected.value == 0 || value == 0 ? rare : 0),
            "\(comment), \(measure) \(observable) \(`case`) at h = \(h): \(value) ± \(error), not \(expected)"
        )
    }

    /// Six neurons: the default one, one that never and one that hardly ever fires, one at 220 Hz, τ_m = τ_s, and mV.
    @Test("Euler-Maruyama on a single neuron", arguments: transient.indices)
    func single(_ k: Int) async throws {
        let oracle = Self.transient[k]
        let p = oracle.parameters
        let model = NeuronModel(
            membraneTimeConstant: p.tau_m, synapticTimeConstant: p.tau_s, restingPotential: p.E_L,
            threshold: p.V_th,
            reset: p.V_r, drive: p.mu, noiseStrength: p.sigma)
        let problem = Problem(model: model, initial: .fixed(voltage: p.V0, current: p.I0), duration: p.T)
        let steps = oracle.euler_maruyama.map(\.h)
        let result = try await StudyRunner(
            study: Self.study(problem, steps: steps, paths: 16384, seed: 1000 + UInt64(k)), threads: 2
        ).run { _, _ in }
        for level in oracle.euler_maruyama {
            let h = level.h
            Self.expect(result, "count-mismatch", h: h, is: level.P_count_mismatch, oracle.case)
            Self.expect(result, "weak", "spike-count", h: h, is: level.count_bias, oracle.case)
            Self.expect(result, "weak", "tanh-I", h: h, is: level.bias_tanh_I, oracle.case)
            // Errors that a handful of paths carry have no standard error to speak of, on either side.
            guard
                result.rows.first(where: { $0.measure == "strong-final" && $0.h == h })!.effectiveSample > 50
            else {
                continue
            }
            Self.expect(result, "strong-final", h: h, is: level.rms_V, oracle.case)
            Self.expect(result, "weak", "cos-V", h: h, is: level.bias_cos_V, oracle.case)
            Self.expect(result, "weak", "exp-V2", h: h, is: level.bias_exp_minus_V2, oracle.case)
            // The oracle's distance goes below zero where V is further apart than V_th - V_r; ours does not.
            if oracle.case != "e" {
                Self.expect(result, "strong-jump-aware", h: h, is: level.rms_V_jump_aware, oracle.case)
            }
        }
        let rate = result.scalars.first { $0.name == "firing-rate" && $0.method == "exact-event" }!
        let combined = (pow(rate.standardError! * p.T, 2) + pow(oracle.spikes_per_path.se, 2)).squareRoot()
        #expect(abs(rate.value! * p.T - oracle.spikes_per_path.value) <= 4.5 * combined)
    }

    @Test("Euler-Maruyama on a feedforward network, layer by layer")
    func feedforward() async throws {
        let oracle = try Self.oracle("feedforward.json", Feedforward.self)
        let network = LayeredFeedforward(layers: 3, width: 4, weights: [0.01, 0.01]).network()
        let steps = oracle.euler_maruyama.map(\.h)
        let result = try await StudyRunner(
            study: Self.study(Problem(network: network, duration: 100), steps: steps, paths: 8192, seed: 77),
            threads: 2
        ).run { _, _ in }
        for level in oracle.euler_maruyama {
            let h = level.h
            Self.expect(result, "strong-final", h: h, is: level.rms_V_network, "feedforward")
            Self.expect(result, "count-mismatch", h: h, is: level.P_any_count_mismatch, "feedforward")
            Self.expect(result, "weak", "spike-count", h: h, is: level.count_bias_per_neuron, "feedforward")
            Self.expect(result, "weak", "cos-V", h: h, is: level.bias_cos_V, "feedforward")
            for layer in 0..<3 {
                let name = "layer-\(layer + 1)"
                Self.expect(
                    result, "strong-final", case: name, h: h, is: level.rms_V_by_layer[layer], "feedforward")
                Self.expect(
                    result, "count-mismatch", case: name, h: h,
                    is: level.P_any_count_mismatch_by_layer[layer],
                    "feedforward")
                Self.expect(
                    result, "weak", "spike-count", case: name, h: h,
                    is: level.count_bias_per_neuron_by_layer[layer],
                    "feedforward")
            }
        }
        for layer in 0..<3 {
            let rate = result.scalars.first {
                $0.name == "firing-rate" && $0.method == "exact-event" && $0.case == "layer-\(layer + 1)"
            }!
            let expected = oracle.spikes_per_neuron_by_layer[layer]
            let combined = (pow(rate.standardError! * 100, 2) + pow(expected.se, 2)).squareRoot()
            #expect(abs(rate.value! * 100 - expected.value) <= 4.5 * combined)
        }
    }
}
