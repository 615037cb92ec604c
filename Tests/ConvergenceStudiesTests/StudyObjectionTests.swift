import ConvergenceStudies
import Testing

/// A study with several things that do not go together says all of them at once, each at its place.
@Suite("A refusal lists all that has to change")
struct StudyObjectionTests {
    /// Each spoils a study that is right, in its own way.
    struct Fault: Sendable {
        var key: String
        var right: String
        var wrong: String
        /// In the message, which stands at `key`.
        var words: String
    }

    static func faults(_ reference: String) -> [Fault] {
        let isSiegert = reference == "siegert"
        return [
            Fault(
                key: "reference:", right: isSiegert ? "white-noise-lif" : "current-lif",
                wrong: "nonlinear-if", words: "holds for a leaky neuron|is that of a leaky neuron"),
            Fault(
                key: "topology:", right: "topology: single",
                wrong: "topology: {layers: 2, width: 1, weight: 0}",
                words: "is about one neuron, and here are 2"),
            Fault(
                key: "initial:", right: "{stationary: 100}", wrong: "{V: 0}", words: "the stationary state"),
            Fault(
                key: "inputs:", right: "inputs: []",
                wrong: "inputs: [{poisson: {rate: 0.1, height: 0.01}}]", words: "without inputs"),
            Fault(
                key: "measures:", right: "[{weak: firing-rate}]",
                wrong: "[{weak: firing-rate}, {weak: spike-count}, strong-final]",
                words: "{weak: spike-count} cannot be measured"),
        ]
    }

    static func text(_ reference: String) -> String {
        """
        study: all
        problem:
          model: \(reference == "siegert" ? "white-noise-lif" : "current-lif")
          parameters: {sigma: 0.05}
          topology: single
          initial: {stationary: 100}
          duration: 8
        reference: \(reference)
        integrators: [euler-maruyama]
        steps: [0.5, 0.25]
        measures: [{weak: \(reference == "siegert" ? "firing-rate" : "cos-V")}]
        sampling: {paths: 64}
        """
    }

    @Test("of a stationary law, for every set of faults", arguments: ["siegert", "fokker-planck"], 0..<16)
    func laws(_ reference: String, _ set: Int) throws {
        let right = Self.text(reference)
        _ = try StudyFile.parse(right, file: "s.yaml")
        var faults = Self.faults(reference)
        // Without inputs there is no such key.
        faults[3].right = "  duration: 8"
        faults[3].wrong = "  inputs: [{poisson: {rate: 0.1, height: 0.01}}]\n  duration: 8"
        if reference == "fokker-planck" {
            faults[4].right = "[{weak: cos-V}]"
            faults[4].wrong = "[{weak: cos-V}, {weak: spike-count}, strong-final]"
        }
        let chosen =
            [0, 1, 2, 4].enumerated().filter { set >> $0.offset & 1 == 1 }.map { faults[$0.element] }
            + (set.isMultiple(of: 3) ? [faults[3]] : [])
        var text = right
        for fault in chosen { text = text.replacing(fault.right, with: fault.wrong, maxReplacements: 1) }
        guard !chosen.isEmpty else { return }
        do {
            _ = try StudyFile.parse(text, file: "s.yaml")
            Issue.record("accepted: \(text)")
        } catch {
            for fault in chosen {
                let words = fault.words.split(separator: "|")
                let problem = error.problems.first { problem in
                    words.contains { problem.message.contains($0) }
                }
                #expect(problem != nil, "\(fault.words): \(error)")
                let line = problem?.line ?? 0
                let lines = text.split(separator: "\n")
                #expect(line > 0 && lines[line - 1].contains(fault.key), "\(fault.key) \(error)")
            }
            let measures = chosen.contains { $0.key == "measures:" } ? 1 : 0
            #expect(error.problems.count == chosen.count + measures, "\(error)")
        }
    }

    @Test("of integrators, measures, steps and reference, together with what is misspelt")
    func together() throws {
        let text = """
            study: all
            problem:
              model: nonlinear-if
              parameters: {noise: voltage, sigma: 0.1}
              duration: 8.1
            reference: exact-event
            integrators: [exact-propagator+hermite, euler-maruyama]
            steps: [0.5, 0.25]
            measures: [lyapunov, strong-finale]
            sampling: {paths: 64}
            """
        do {
            _ = try StudyFile.parse(text, file: "s.yaml")
            Issue.record("accepted")
        } catch {
            for words in [
                "5:13: problem.duration: 8.1 ms is not a multiple",
                "6:12: reference: the reference exact-event does not do for this study: a nonlinear neuron has no exact "
                    + "solution in closed form",
                "7:15: integrators: exact-propagator+hermite cannot integrate this neuron: a nonlinear neuron has no "
                    + "exact solution in closed form; and under white noise V has no slope",
                "9:22: measures: unknown measure",
            ] {
                #expect("\(error)".contains(words), "\(words) in \(error)")
            }
        }
    }
}
