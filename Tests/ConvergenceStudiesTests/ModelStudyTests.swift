import ConvergenceStudies
import SpikingNumerics
import Testing

/// Study files with models other than current-lif.
@Suite("Models in study files")
struct ModelStudyTests {
    static func text(
        model: String, parameters: String, integrators: String = "[euler-maruyama]",
        reference: String = "fine-grid", measures: String = "[strong-final]", initial: String = "{V: 0}"
    ) -> String {
        """
        study: models
        problem:
          model: \(model)
          parameters: \(parameters)
          initial: \(initial)
          duration: 8
        reference: \(reference)
        integrators: \(integrators)
        steps: [0.5, 0.25]
        measures: \(measures)
        sampling: {paths: 64}
        """
    }

    static func study(_ text: String) throws -> Study { try StudyFile.parse(text, file: "study.yaml") }

    static func complaint(_ text: String) -> String {
        do {
            _ = try StudyFile.parse(text, file: "study.yaml")
            return ""
        } catch { return "\(error)" }
    }

    @Test("read a neuron with white noise in V")
    func whiteNoise() throws {
        let study = try Self.study(
            Self.text(model: "white-noise-lif", parameters: "{tau_m: 10, mu: 0.03, sigma: 0.1, t_ref: 1}"))
        let model = study.problem.models[0]
        #expect(model.noiseEntry == .voltage && model.voltageNoise == 0.1 && model.currentNoise == 0)
        #expect(model.membraneTimeConstant == 10 && model.refractoryPeriod == 1)
        // The most accurate rule that suits it.
        #expect(study.reference == .fineGrid(integrator: "exact-propagator+bridge-crossing", factor: 16))
    }

    @Test("read nonlinear neurons, in units of f over tau_m")
    func nonlinear() throws {
        func slope(_ f: String, at v: Double) throws -> Double {
            try Self.study(
                Self.text(model: "nonlinear-if", parameters: "{tau_m: 5, mu: 0, V_r: -2, V_th: 3, f: \(f)}")
            ).problem.models[0].slope(voltage: v, current: 0)
        }
        #expect(abs(try slope("{polynomial: [1, 2, 3]}", at: 2) - (1 + 4 + 12) / 5) < 1e-15)
        #expect(abs(try slope("{polynomial: [1, 2, 3], clip: [0, 1]}", at: 2) - 6.0 / 5) < 1e-15)
        #expect(abs(try slope("{quadratic: {a: 2, V_rest: -1, V_c: 1}}", at: 2) - 6.0 / 5) < 1e-15)
        // -V + 0.5 e^{(2 - 2)/0.5}
        #expect(abs(try slope("{exponential: {Delta_T: 0.5, V_T: 2}}", at: 2) - -1.5 / 5) < 1e-15)
        #expect(
            try Self.study(Self.text(model: "nonlinear-if", parameters: "{noise: voltage}"))
                .problem.models[0].noiseEntry == .voltage)
    }

    @Test(
        "refuse what makes no sense, with the reason",
        arguments: [
            ("{tau_m: 10, f: {polynomial: [1]}}", "white-noise-lif", "unknown key"),
            ("{f: {polynomial: [1], quadratic: {a: 1, V_rest: 0, V_c: 1}}}", "nonlinear-if", "2 shapes"),
            ("{f: {}}", "nonlinear-if", "no shape"),
            ("{f: {polynomial: []}}", "nonlinear-if", "coefficients"),
            ("{f: {polynomial: [1], clip: [2, 1]}}", "nonlinear-if", "no interval"),
            ("{f: {exponential: {Delta_T: 1, V_T: 1}, clip: [0, 1]}}", "nonlinear-if", "only a polynomial"),
            ("{f: {exponential: {Delta_T: 0, V_T: 1}}}", "nonlinear-if", "must be positive"),
            ("{f: {quadratic: {a: 1, V_rest: 0}}}", "nonlinear-if", "\"V_c\" is missing"),
            ("{noise: both}", "nonlinear-if", "unknown place for noise"),
        ])
    func refusedParameters(_ parameters: String, _ model: String, _ words: String) {
        let complaint = Self.complaint(Self.text(model: model, parameters: parameters))
        #expect(complaint.contains("study.yaml:4:") && complaint.contains(words), "\(complaint)")
    }

    @Test(
        "refuse combinations that make no sense, with the reason",
        arguments: [
            ("white-noise-lif", "[heun+hermite]", "fine-grid", "no slope"),
            ("white-noise-lif", "[heun]", "runge-kutta", "without noise only"),
            ("current-lif", "[heun+bridge-crossing]", "exact-event", "V is smooth"),
            ("current-lif", "[heun]", "siegert", "white noise in V"),
            ("nonlinear-if", "[exact-propagator]", "fine-grid", "no exact solution"),
            ("nonlinear-if", "[heun]", "exact-event", "no exact solution"),
            ("nonlinear-if", "[heun]", "{fine-grid: {integrator: exact-propagator}}", "no exact solution"),
            ("white-noise-lif", "[heun]", "siegert", "stationary"),
        ])
    func refusedCombinations(_ model: String, _ integrators: String, _ reference: String, _ words: String) {
        let complaint = Self.complaint(
            Self.text(
                model: model, parameters: "{mu: 0.03}", integrators: integrators, reference: reference,
                measures: "[{weak: firing-rate}]"))
        #expect(complaint.contains("study.yaml:") && complaint.contains(words), "\(complaint)")
    }

    @Test("refuse measures that Siegert's rate cannot have, and saltation without a slope")
    func refusedMeasures() {
        let strong = Self.complaint(
            Self.text(
                model: "white-noise-lif", parameters: "{mu: 0.03}", reference: "siegert",
                measures: "[strong-final]", initial: "{stationary: 100}"))
        #expect(strong.contains("the rate and no path"))
        let nonlinear = Self.complaint(
            Self.text(model: "nonlinear-if", parameters: "{mu: 0.03}", measures: "[lyapunov]"))
        #expect(nonlinear.contains("lyapunov's"))
    }

    /// Over the catalogue: whatever needs a slope of V at the threshold says so.
    @Test("refuse measures of crossing speeds under white noise in V, and no others")
    func crossingSpeeds() {
        let refused = MeasureFamilies.all.filter { family in
            let entry = family.name == "weak" ? "{weak: cos-V}" : family.name
            let complaint = Self.complaint(
                Self.text(
                    model: "white-noise-lif", parameters: "{mu: 0.03}", reference: "exact-event",
                    measures: "[\(entry)]"))
            return complaint.contains("under white noise V crosses")
        }
        #expect(
            Set(refused.map(\.name)) == [
                "good-set", "lyapunov-spectrum", "crossing-speed-tail", "scaled-spike-times",
            ])
    }

    /// A neuron that never fires forgets a difference at the rate of its leak, alone and beside another that it excites.
    @Test("find Lyapunov exponents by twins under white noise in V", arguments: [1, 2])
    func twins(_ neurons: Int) async throws {
        let network = Network(
            neuronCount: neurons,
            synapses: (1..<neurons).map { .init(source: $0 - 1, target: $0, weight: 0.1, jump: .voltage) })
        var model = ModelFamily.whiteNoiseLIF.usual
        (model.drive, model.noiseStrength) = (0, 0.001)
        let study = Study(
            name: "t", title: "", problem: Problem(model: model, network: network, duration: 64),
            integrators: ["exact-propagator"], steps: [0.5], measures: [.init(name: "lyapunov")],
            sampling: .init(paths: 8))
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let exponents = result.scalars.filter { $0.method == "twin" }
        #expect(
            exponents.count == 2
                && result.scalars.allSatisfy { $0.method != "saltation" && $0.method != "qr" })
        // The difference decays over the whole time; what is in I is 1e-3 of it and decays faster.
        for exponent in exponents { #expect(abs((exponent.value ?? 0) + 1 / 20) < 1e-3, "\(exponent)") }
    }

    /// Four standard errors of 512 paths of 0.25 s each: a false alarm in 16,000.
    @Test("measure rates against Siegert's from the stationary state on")
    func siegert() async throws {
        var study = try Self.study(
            Self.text(
                model: "white-noise-lif", parameters: "{tau_m: 20, mu: 0.06, sigma: 0.1}",
                integrators: "[euler-maruyama, euler-maruyama+bridge-crossing]", reference: "siegert",
                measures: "[{weak: firing-rate}]", initial: "{stationary: 100}"))
        study.problem.duration = 256
        study.sampling.paths = 512
        study.steps = [0.125]
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        let law = try StationaryLaw.siegert(study.problem.models[0])
        let known = result.scalars.filter { $0.method == "siegert" }
        #expect(known.count == 1 && known[0].value == law.means["firing-rate"]!.value)
        let (plain, corrected) = (result.rows[0], result.rows[1])
        #expect(abs(corrected.value!) < 4 * corrected.standardError!)
        #expect(plain.value! < -4 * plain.standardError!)
        #expect(plain.reference == "siegert" && plain.observable == "firing-rate")
    }
}
