import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Studies against the Fokker-Planck equation")
struct StationaryStudyTests {
    static let text = """
        study: law
        problem: {parameters: {tau_s: 4}, initial: {stationary: 500}, duration: 4}
        reference: fokker-planck
        integrators: [euler-maruyama]
        steps: [0.25, 0.125, 0.0625]
        measures: [{weak: firing-rate}, {weak: cos-V}]

        """

    static let expectation =
        "expect: [{measure: {weak: cos-V}, integrator: euler-maruyama, order: 1, tolerance: 0.05}]"

    @Test("give biases, their orders and the process's own figures without sampling")
    func result() async throws {
        let study = try StudyFile.parse(Self.text + Self.expectation, file: "law.yaml")
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        #expect(result.header.paths == 0)
        #expect(result.rows.count == 6)
        #expect(result.rows.allSatisfy { $0.resolved && $0.reference == "fokker-planck" && $0.paths == 0 })
        let order = try #require(result.orders.first { $0.observable == "cos-V" })
        #expect(order.verdict == .pass)
        let law = try FokkerPlanck(model: NeuronModel(synapticTimeConstant: 4))
        let rate = try #require(result.scalars.first { $0.name == "firing-rate" && $0.h == nil })
        #expect(rate.method == "fokker-planck")
        #expect(rate.value == law.estimate(.firingRate).value)
        let bias = try law.eulerMaruyama(step: 0.125).bias(.firingRate)
        #expect(result.rows.first { $0.observable == "firing-rate" && $0.h == 0.125 }?.value == bias.value)
        // The mesh's error in place of a standard error, and the normal quantile of 97.5 %.
        for row in result.rows {
            let (value, error) = (try #require(row.value), try #require(row.standardError))
            #expect(abs(try #require(row.intervalHigh) - value - 1.959964 * error) < 1e-6 * error)
            #expect(abs(value - (try #require(row.intervalLow)) - 1.959964 * error) < 1e-6 * error)
        }
    }

    /// The interval of the bias holds the transfer operator's, but for one seed in 20.
    @Test("measure any integrator by sampling")
    func sampled() async throws {
        let text =
            Self.text.replacing("duration: 4}", with: "duration: 400}")
            .replacing("[euler-maruyama]", with: "[euler-maruyama, exact-propagator+hermite]")
            .replacing("[0.25, 0.125, 0.0625]", with: "[2, 0.5]") + "sampling: {paths: 2048, seed: 3}\n"
        let study = try StudyFile.parse(text, file: "law.yaml")
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let law = try FokkerPlanck(model: NeuronModel(synapticTimeConstant: 4))
        let row = try #require(
            result.rows.first {
                $0.integrator == "euler-maruyama" && $0.observable == "firing-rate" && $0.h == 2
            })
        let bias = try law.eulerMaruyama(step: 2).bias(.firingRate).value
        #expect(row.intervalLow! < bias && bias < row.intervalHigh!)
        // A tenth of the bias could be told from none.
        #expect(row.standardError! < bias / 10)
    }

    @Test("stand beside saltation and twins where a stationary neuron's exponent is measured")
    func lyapunov() async throws {
        let study = Study(
            name: "s", title: "", problem: Problem(initial: .stationary(burnIn: 100), duration: 20),
            integrators: ["euler-maruyama"], steps: [0.5], measures: [.init(name: "lyapunov")],
            sampling: .init(paths: 64))
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let exponents = result.scalars.filter { $0.name == "lyapunov-V" }
        #expect(Set(exponents.map(\.method)) == ["saltation", "twin", "fokker-planck"])
        #expect(exponents.filter { $0.method == "fokker-planck" }.map(\.h) == [nil, 0.5])
    }

    /// Of the true process, which has no step, and of the scheme at one of the steps.
    @Test("give Lyapunov exponents that can be expected, in a study without sampling and in one with")
    func expectedLyapunov() async throws {
        let law = try FokkerPlanck(model: NeuronModel(synapticTimeConstant: 4))
        let truth = law.estimate(.lyapunovExponent).value
        let scheme = try law.eulerMaruyama(step: 0.125).estimate(.lyapunovExponent).value
        func expect(_ integrator: String, _ value: Double) -> String {
            "  - {scalar: lyapunov-V, method: fokker-planck, integrator: \(integrator), h: 0.125, value: \(value), "
                + "tolerance: 1e-4}\n"
        }
        let expectations =
            "expect:\n" + expect("fokker-planck", truth) + expect("euler-maruyama", scheme)
        let sampled = Self.text.replacing("fokker-planck", with: "exact-event").replacing(
            "[{weak: firing-rate}, {weak: cos-V}]", with: "[lyapunov]\nsampling: {paths: 8}")
        for text in [Self.text, sampled] {
            let study = try StudyFile.parse(text + expectations, file: "law.yaml")
            let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
            #expect(result.checks.map(\.value) == [truth, scheme])
            #expect(result.checks.map(\.h) == [nil, 0.125])
            #expect(result.verdict == .pass)
        }
    }

    @Test(
        "know the true process and Euler-Maruyama, and nothing else",
        arguments: [
            ("method: fokker-planck, integrator: ▸exact-event", "write fokker-planck, for the true process"),
            ("method: fokker-planck, integrator: ▸heun", "nothing is known of heun"),
            ("method: ▸twin, integrator: fokker-planck", "unknown method \"twin\""),
        ])
    func expectedOfOthers(_ keys: String, _ message: String) {
        let marked = MarkedText(
            Self.text + "expect: [{scalar: lyapunov-V, \(keys), value: 0, tolerance: 1}]\n")
        expectRefusal(of: marked.text, at: marked.place, [message])
    }

    @Test(
        "are refused where there is no such law",
        arguments: [
            (
                "{tau_s: 4}, initial: {stationary: 500}", "{tau_s: 4}, initial: ▸{V: 0, I: 0}",
                "write initial: {stationary: 500}"
            ),
            ("{tau_s: 4}", "{sigma: 0}", "without noise"),
            ("{tau_s: 4}", "{t_ref: 2}", "no refractory period"),
            ("{tau_s: 4}", "{tau_s: 4}, topology: ▸{layers: 2, width: 1, weight: 0.01}", "one neuron"),
            ("[{weak: firing-rate}, ", "[▸strong-final, ", "so strong-final cannot"),
            ("[{weak: firing-rate}, ", "[▸{weak: spike-count}, ", "so {weak: spike-count} cannot"),
        ])
    func refusals(_ original: String, _ spoilt: String, _ message: String) {
        let text = Self.text.replacing(original, with: spoilt, maxReplacements: 1)
        let marked = MarkedText(
            text.contains("▸") ? text : text.replacing("fokker-planck", with: "▸fokker-planck"))
        let exponent = "{scalar: lyapunov-V, method: fokker-planck, integrator: fokker-planck"
        for expectations in ["", "expect: [\(exponent), value: 0, tolerance: 1}]\n"] {
            expectRefusal(of: marked.text + expectations, at: marked.place, [message])
        }
    }

    @Test(
        "without sampling are for euler-maruyama and sensible steps",
        arguments: [
            ("[euler-maruyama]", "▸[heun]", "only the law of euler-maruyama is known"),
            ("[0.25,", "▸[4,", "below both time constants"),
        ])
    func unsampled(_ original: String, _ spoilt: String, _ message: String) {
        let marked = MarkedText(Self.text.replacing(original, with: spoilt, maxReplacements: 1))
        expectRefusal(of: marked.text, at: marked.place, [message])
    }
}
