import ConvergenceStudies
import SpikingNumerics
import SolverProtocol
import Testing

@Suite("Solvers in study files")
struct SolverStudyFileTests {
    static let command = "command: [python3, s.py, \"{request}\", \"{reply}\"]"

    private static func study(_ entry: String) throws -> Study {
        try StudyFile.parse(
            StudyText.replacing("exact-propagator+hermite", with: entry), file: "folder/s.yaml")
    }

    @Test("an entry is read with all its keys")
    func entry() throws {
        let study = try Self.study(
            "{solver: numpy, \(Self.command), method: euler, mode: weak, timeout: 5, parallel: true, batch: 64, dZ: true}"
        )
        #expect(study.integrators == ["euler-maruyama", "numpy:euler"])
        let choice = try #require(study.solvers.first)
        #expect(choice.name == "numpy:euler" && choice.method == "euler" && choice.mode == .weak)
        #expect(choice.batch == 64 && choice.wantsIntegrals)
        let solver = try #require(choice.solver as? CommandSolver)
        #expect(solver.command == ["python3", "s.py", "{request}", "{reply}"])
        #expect(solver.directory.hasSuffix("/folder") && solver.timeout == .seconds(5))
    }

    @Test("what is left out has a default")
    func defaults() throws {
        let choice = try #require(try Self.study("{solver: numpy, \(Self.command)}").solvers.first)
        #expect(choice.name == "numpy" && choice.method.isEmpty && choice.mode == .strong)
        #expect(choice.batch == nil && !choice.wantsIntegrals)
        #expect(choice.solver is SequentialSolver)
    }

    static let list = "exact-propagator+hermite"
    static let refusals: [Refusal] = [
        Refusal(list, "{solver: n, \(command), ▸metod: euler}", "integrators.metod", "unknown key", "method"),
        Refusal(list, "▸{\(command)}", "\"solver\" is missing"),
        Refusal(list, "▸{solver: n}", "\"command\" is missing"),
        Refusal(list, "{solver: n, command: ▸python3}", "integrators.command", "a list"),
        Refusal(list, "{solver: n, command: ▸[python3, s.py, \"{request}\"]}", "{reply}"),
        Refusal(list, "{solver: ▸a b, \(command)}", "letters, digits"),
        Refusal(list, "{solver: ▸euler-maruyama, \(command)}", "another name"),
        Refusal(list, "{solver: n, \(command), method: ▸a+b}", "letters, digits"),
        Refusal(list, "{solver: n, \(command), mode: ▸stron}", "strong"),
        Refusal(list, "{solver: n, \(command), timeout: ▸0}", "between 0 and 86400"),
        Refusal(list, "{solver: n, \(command), parallel: ▸maybe}", "parallel"),
        Refusal(list, "{solver: n, \(command), batch: ▸12}", "power of two"),
        Refusal(list, "{solver: n, \(command), batch: ▸2048}", "between 8 and 1024"),
        Refusal(list, "{solver: n, \(command)}, ▸{solver: n, \(command)}", "listed twice"),
        Refusal("exact-propagator+hermite]", "{solver: n, \(command)}]\nreplay: ▸true", "cannot replay"),
    ]

    @Test("what makes no sense is refused, with its place", arguments: refusals)
    func refusal(refusal: Refusal) { refusal.check() }

    @Test("a solver can be expected something of")
    func expectation() throws {
        let text = StudyText.replacing(
            "exact-propagator+hermite", with: "{solver: n, \(Self.command), method: m}"
        )
        .replacing("integrator: euler-maruyama", with: "integrator: \"n:m\"")
        #expect(try StudyFile.parse(text, file: "s.yaml").expectations.first?.integrator == "n:m")
    }

    @Test("nothing strong can be expected of a solver with its own noise")
    func weakExpectation() {
        let text = StudyText.replacing(
            "exact-propagator+hermite", with: "{solver: n, \(Self.command), mode: weak}"
        )
        .replacing("integrator: euler-maruyama", with: "integrator: n")
        #expect { try StudyFile.parse(text, file: "s.yaml") } throws: {
            "\($0)".contains("draws its own noise")
        }
    }

    /// Over the catalogue: a measure that needs what no solver tells must say so itself.
    @Test(
        "what needs crossing speeds or twins is not measured of solvers, whatever its name",
        arguments: MeasureFamilies.all.map(\.name).filter { $0 != "weak" })
    func internals(_ name: String) throws {
        let needs = try #require(MeasureFamilies.needs(of: name))
        let text = StudyText.replacing("exact-propagator+hermite", with: "{solver: n, \(Self.command)}")
            .replacing(
                "[strong-final, {weak: cos-V}, spike-times]", with: "[\(name), strong-mean, {weak: cos-V}]"
            )
            .replacing("measure: strong-final, integrator", with: "measure: strong-mean, integrator")
            .replacing("[strong-mean, strong-mean", with: "[strong-mean")
        let refused = (try? StudyFile.parse(text, file: "s.yaml")) == nil
        // What is about several neurons, or needs another measure, is refused for reasons of its own.
        if needs.isDisjoint(with: .internals) {
            guard name != "synchrony-bias", name != "mean-square-fit", name != "network-statistics" else {
                return
            }
            #expect(!refused, "\(name)")
        } else {
            #expect { try StudyFile.parse(text, file: "s.yaml") } throws: {
                "\($0)".contains("\(name) needs the speeds of crossings")
            }
        }
    }

    @Test("what is made from saltation factors or displaced runs declares it")
    func declaredNeeds() {
        let declared = MeasureFamilies.all.filter { !$0.needs.isDisjoint(with: .internals) }.map(\.name)
        #expect(declared == ["lyapunov", "lyapunov-spectrum", "twin-sizes"])
        let ofMeans = MeasureCatalogue.families.flatMap(\.measures).filter { !$0.needs.contains(.commonPath) }
        #expect(ofMeans.allSatisfy { $0.name == "weak" } && ofMeans.count == Observable.all.count)
    }
}
