import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Receptors in study files")
struct ReceptorStudyTests {
    static let text = StudyText.replacing(
        "  topology: single",
        with: """
              receptors: {exc: {exponential: 2}, inh: {alpha: 3}, slow: {rise: 2, decay: 100}}
              topology:
                recurrent:
                  populations: {E: {size: 8}, I: {size: 2, receptors: {inh: {alpha: 4}}}}
                  connections:
                    - {from: E, to: all, rule: dense, weight: 0.001, synapse: exc}
                    - {from: I, to: E, rule: dense, weight: -0.002, delay: 1, synapse: inh}
              inputs: [{to: E, poisson: {rate: 0.5, height: 0.001}, as: slow}]
            """)

    @Test("are read, with those of populations, and connections and inputs act on them")
    func read() throws {
        let problem = try StudyFile.parse(Self.text, file: "s.yaml").problem
        #expect(problem.receptorNames == ["exc", "inh", "slow"])
        let common: [Receptor.Kernel] = [
            .exponential(decay: 2), .alpha(time: 3), .twoExponentials(rise: 2, decay: 100),
        ]
        #expect(problem.models[0].receptors.map(\.kernel) == common)
        #expect(problem.models[1].receptors[1].kernel == .alpha(time: 4))
        let jumps = Set(problem.network.outgoing.joined().map { [$0.source < 8 ? 0 : 1: $0.jump] })
        #expect(jumps == [[0: .receptor(0)], [1: .receptor(1)]])
        #expect(problem.inputs[0].jump == .receptor(2))
    }

    @Test("act through lists of edges")
    func edges() {
        let bytes = Array("source,target,weight,delay,synapse\n0,1,0.5,1,slow\n1,0,0.5,1,delta\n".utf8)
        var receptors = StudyFileReceptors()
        receptors.names = ["exc", "slow"]
        let list = EdgeList(bytes, path: "e.csv", neuronCount: 2, synapses: receptors.jumps)
        #expect(list.synapses.map(\.jump) == [.receptor(1), .voltage] && list.problems.isEmpty)
    }

    @Test(
        "that make no sense are refused, with place and remedy",
        arguments: [
            ("{exponential: 2}", "{▸exp: 2}", ["receptors.exc.exp: unknown key"]),
            ("{exponential: 2}", "▸{}", ["says no time course", "{alpha: 2}"]),
            ("{exponential: 2}", "{exponential: ▸0}", ["receptors.exc.exponential: is 0"]),
            ("{exponential: 2}", "▸{exponential: 2, alpha: 3}", ["exponential and alpha together"]),
            ("{rise: 2, decay: 100}", "▸{rise: 2}", ["has rise together"]),
            ("exc: {exponential: 2}", "▸delta: {exponential: 2}", ["\"delta\" cannot name a receptor"]),
            (
                "{exc: {exponential: 2}",
                "▸{a: {alpha: 1}, b: {alpha: 2}, exc: {exponential: 2}", ["has 5 receptors", "room for 4"]
            ),
            ("synapse: exc", "synapse: ▸exx", ["unknown synapse \"exx\"", "did you mean \"exc\"?"]),
            (
                "as: slow", "as: ▸gaba",
                ["unknown kind of input \"gaba\"", "current, voltage, drive, exc, inh, slow"]
            ),
            ("receptors: {inh: {alpha: 4}}", "receptors: {▸inn: {alpha: 4}}", ["unknown receptor \"inn\""]),
        ])
    func refused(_ original: String, _ spoilt: String, _ fragments: [String]) {
        precondition(Self.text.contains(original), "nothing to replace")
        let marked = MarkedText(Self.text.replacing(original, with: spoilt, maxReplacements: 1))
        expectRefusal(of: marked.text, at: marked.place, fragments)
    }

    @Test("nonlinear neurons have none on a grid")
    func nonlinear() {
        let text = Self.text.replacing("problem:\n", with: "problem:\n  model: nonlinear-if\n").replacing(
            "E_L: 0,", with: "f: {polynomial: [0, -1, 0.1]},"
        ).replacing("reference: exact-event", with: "reference: {fine-grid: {integrator: heun, factor: 16}}")
        do {
            _ = try StudyFile.parse(text, file: "s.yaml")
            Issue.record("accepted")
        } catch {
            let lines = error.description.split(separator: "\n")
            #expect(lines.count == 3 && lines.allSatisfy { $0.contains("to first order only") })
        }
    }

    @Test("an initial V may be a range, drawn anew for every path")
    func initial() throws {
        let text = StudyText.replacing("{V: 0, I: 0}", with: "{V: [0.2, 1], I: 0.01}")
        let problem = try StudyFile.parse(text, file: "s.yaml").problem
        #expect(problem.initial == .uniform(voltages: 0.2...1, current: 0.01) && problem.isRandom)
        for (range, words) in [
            ("▸[1]", "is a list of 1"), ("▸[0.5, 0.2]", "above the highest"), ("▸[0, 1.5]", "below V_th"),
        ] {
            let marked = MarkedText(StudyText.replacing("{V: 0, I: 0}", with: "{V: \(range)}"))
            expectRefusal(of: marked.text, at: marked.place, [words])
        }
    }
}
