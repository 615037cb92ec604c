import Foundation
import SolverProtocol
import SpikingNumerics

/// The `integrators` key: names from the catalogue, and solvers that are programs.
///
///     integrators:
///       - euler-maruyama
///       - {solver: numpy, command: [python3, numpy_solver.py, "{request}", "{reply}"], method: euler}
extension StudyFileValue {
    private static var solverExample: String {
        "{solver: numpy, command: [python3, my_solver.py, \"{request}\", \"{reply}\"]}"
    }

    func integrators() -> (names: [String], solvers: [SolverChoice])? {
        let list = list(of: "integrators", example: "[euler-maruyama, exact-propagator+hermite]")
        var solvers: [SolverChoice] = []
        let names = list?.unique("integrator") { value -> String? in
            guard case .mapping = value.node else { return value.integrator() }
            guard let solver = value.solver() else { return nil }
            solvers.append(solver)
            return solver.name
        }
        return names.map { ($0, solvers) }
    }

    /// - Parameter solvers: Names outside the catalogue that can also stand here.
    func integrator(orAmong solvers: [String] = []) -> String? {
        name(
            "integrator", among: IntegratorCatalogue.names + solvers,
            help: "`spikeverify list integrators` shows all")
    }

    private func solver() -> SolverChoice? {
        let known = ["solver", "command", "method", "mode", "timeout", "parallel", "batch", "dZ", "ladder"]
        guard let keys = mapping(keys: known, example: Self.solverExample) else { return nil }
        let solver = keys.required("solver", example: "numpy")?.solverWord("the solver's name")
        let command = keys.required(
            "command", example: "[python3, my_solver.py, \"{request}\", \"{reply}\"]")?
            .command()
        let method = keys.optional("method", default: "") { $0.solverWord("the method's name") }
        let mode = keys.optional("mode", default: SolverRequest.Mode.strong) {
            $0.name(
                "mode", among: ["strong", "weak"],
                help: "a strong solver uses the increments it is given, a weak one draws its own"
            ).flatMap(SolverRequest.Mode.init)
        }
        let timeout = keys.optional("timeout", default: 600.0) {
            $0.number(
                NumberRequirement(text: "lie between 0 and 86400") { $0 > 0 && $0 <= 86400 },
                remedy: "give how many seconds a batch may take, for example 600")
        }
        let parallel = keys.optional("parallel", default: false) {
            $0.answer("parallel: true lets several batches run at a time")
        }
        let batch = keys.optional("batch", default: Int?.none) { $0.batchSize().map(Optional.some) }
        let wantsIntegrals = keys.optional("dZ", default: false) {
            $0.answer("dZ: true hands over dZ.npy beside dW.npy")
        }
        let climbsLadder = keys.optional("ladder", default: true) {
            $0.answer("ladder: false leaves out the ladder of conformance, which a solver climbs first")
        }
        guard let solver, let command, let method, let mode, let timeout, let parallel, let batch,
            let wantsIntegrals, let climbsLadder
        else { return nil }
        let program = CommandSolver(command: command, directory: directory, timeout: .seconds(timeout))
        return SolverChoice(
            name: method.isEmpty ? solver : "\(solver):\(method)",
            solver: parallel ? program : SequentialSolver(program), mode: mode, method: method,
            wantsIntegrals: wantsIntegrals, batch: batch, climbsLadder: climbsLadder)
    }

    /// The study file's.
    private var directory: String {
        let directory = URL(fileURLWithPath: problems.file).deletingLastPathComponent().path
        return directory.isEmpty ? "." : directory
    }

    /// Names of solvers and methods become parts of integrators' names.
    private func solverWord(_ meaning: String) -> String? {
        guard let word = text(meaning) else { return nil }
        guard word.wholeMatch(of: /[A-Za-z0-9_.-]{1,40}/) != nil else {
            report(
                "\"\(word)\" cannot be \(meaning)",
                remedy: "use at most 40 letters, digits, hyphens, underscores and dots")
            return nil
        }
        guard IntegratorCatalogue.integrator(named: word) == nil || keyPath.hasSuffix("method") else {
            report("\"\(word)\" is an integrator of the catalogue", remedy: "give the solver another name")
            return nil
        }
        return word
    }

    private func command() -> [String]? {
        let example = "[python3, my_solver.py, \"{request}\", \"{reply}\"]"
        guard let words = list(of: "words", example: example) else { return nil }
        let command = words.compactMap { $0.text("a word of the command") }
        guard command.count == words.count else { return nil }
        guard !command[0].isEmpty else {
            report("the command has no program", remedy: "write it like \(example)")
            return nil
        }
        for place in ["{request}", "{reply}"] where !command.contains(where: { $0.contains(place) }) {
            report("the command does not say where \(place) goes", remedy: "write it like \(example)")
            return nil
        }
        return command
    }

    private func batchSize() -> Int? {
        let remedy = "give how many paths the solver gets at a time: 8, 16, 32, … 1024"
        guard let size = integer(in: 8...Int128(PathSampler.blockSize), remedy: remedy) else { return nil }
        guard size.nonzeroBitCount == 1 else {
            report("is \(size) but must be a power of two", remedy: remedy)
            return nil
        }
        return Int(size)
    }

    func answer(_ help: String) -> Bool? {
        if case .scalar(let scalar) = node {
            let (word, isPlain) = (scalar.string, scalar.style == .plain)
            if isPlain, word == "true" || word == "false" { return word == "true" }
            if ["true", "yes", "on", "y", "false", "no", "off", "n"].contains(word.lowercased()) {
                let plain = ["true", "yes", "on", "y"].contains(word.lowercased())
                report(
                    "is \(description), which not every reader of YAML takes for an answer",
                    remedy: "write \(plain) (\(help))")
                return nil
            }
        }
        return name("answer", among: ["true", "false"], help: help).map { $0 == "true" }
    }

    // MARK: What cannot be asked of a solver

    /// Reports a replay, Lyapunov exponents and expectations that no solver of the list can fulfil.
    static func checkSolvers(_ study: Study, _ keys: StudyFileMapping) {
        guard let solver = study.solvers.first else { return }
        let remedy = "move \(solver.name) to a study of its own"
        if let reason = study.problem.models.lazy.compactMap(Study.refusal).first {
            keys["integrators"]?.report(reason, remedy: "use another model, or integrators of the catalogue")
        }
        if study.replay { keys["replay"]?.report(Study.noReplay, remedy: remedy) }
        for reason in study.measures.compactMap({ study.refusal(ofMeasure: $0.name) }) {
            keys["measures"]?.report(reason, remedy: remedy)
        }
        for expectation in study.expectations {
            guard let choice = expectation.measure,
                let measure = MeasureCatalogue.measure(row: choice.name, observable: choice.observable),
                !study.admits(measure, of: expectation.integrator)
            else { continue }
            keys["expect"]?.report(
                "\(expectation.integrator) draws its own noise, so its \(measure.name) cannot be measured",
                remedy: "expect weak orders of it, or use mode: strong")
        }
    }
}

extension Study.Expectation {
    /// Nil for a scalar.
    fileprivate var measure: Study.MeasureChoice? {
        switch quantity {
        case .order(let measure), .error(let measure, _): measure
        case .scalar: nil
        }
    }
}
