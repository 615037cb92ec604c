import SpikingNumerics
import Yams

/// Reads study files: YAML in, a checked `Study` out.
///
///     study: euler-maruyama
///     title: Euler-Maruyama on one noise-driven neuron
///     unit: mV                         # of V, for axes and tables; 1 for a number
///     problem:
///       model: current-lif
///       parameters: {tau_m: 20, tau_s: 5, E_L: 0, V_th: 1, V_r: 0, mu: 0.045, sigma: 0.02}
///       topology: single               # or {layers: 3, width: 4, weight: 0.01}, or {recurrent: {…}}
///       initial: {V: 0, I: 0}          # or {stationary: 500}
///       inputs: [{poisson: {rate: 0.5, height: 0.01}}]
///       duration: 100                  # ms
///     reference: exact-event           # or {fine-grid: {integrator: exact-propagator+hermite, factor: 16}}
///     integrators: [euler-maruyama]
///     steps: [0.5, 0.25, 0.125]        # ms
///     measures: [strong-final, {weak: cos-V}]
///     sampling: {paths: 20480, seed: 1, confidence: 0.95}
///     estimator: {multilevel: {observable: spike-count, accuracy: [0.01, 0.005]}}
///     expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]
///
/// What a file leaves out is the default neuron's, the reference that suits it, seed 1 and a confidence of 0.95.  What it says that is
/// not understood is an error: a misspelt key never falls back to a default.
public enum StudyFile {
    /// - Throws: `StudyFileError` with everything that is wrong with the file.
    public static func read(path: String) throws(StudyFileError) -> Study {
        try parse(StudyFileText.read(path: path), file: path)
    }

    /// - Parameter file: The name that errors begin with; files that the study names are looked for beside it.
    /// - Throws: `StudyFileError` with everything that is wrong with the text.
    public static func parse(_ text: String, file: String) throws(StudyFileError) -> Study {
        try parse(StudyFileYAML.root(text, file: file), text: text, file: file)
    }

    /// - Parameter text: What the study is told by.
    static func parse(_ node: Node, text: String, file: String) throws(StudyFileError) -> Study {
        let problems = StudyFileProblems(file: file)
        let root = StudyFileValue(node: node, keyPath: "", problems: problems)
        guard var study = root.study(text: text), problems.list.isEmpty else {
            throw StudyFileError(file: file, problems: problems.list, warnings: problems.warnings)
        }
        study.file = file
        return study
    }
}

extension StudyFileValue {
    fileprivate func study(text: String) -> Study? {
        let known = [
            "study", "title", "problem", "reference", "integrators", "steps", "measures", "sampling",
            "expect", "replay", "claim", "estimator", "unit", "point", "sweep", "ramp",
            "published",
        ]
        guard let keys = mapping(keys: known, example: "`study: my-study`, and a line for every other key")
        else {
            return nil
        }
        let name = keys.required("study", example: "my-study")?.studyName()
        let title = keys.optional("title", default: name ?? "") { $0.text("a title") }
        let unit = keys["unit"].map { $0.voltageUnit() }
        let point = keys["point"].map { $0.sweepPoint() }
        keys["sweep"]?.report(
            "a study with a sweep is several studies, and one is wanted here",
            remedy: "run, check or advise it, or name the file of one point")
        let described = keys.required("problem", example: "{duration: 100}")?.problem()
        let ramping = keys["ramp"].map { ramp in described.flatMap { ramp.ramp(in: $0.problem) } }
        let problem = ramping ?? described?.problem
        let given = keys["reference"].map { $0.reference(for: problem) }
        let listed = keys.required("integrators", example: "[euler-maruyama]")?.integrators()
        let integrators = listed?.names
        let needsPaths = given.flatMap { $0 }?.kind.needsPaths ?? true
        let sampled =
            needsPaths
            ? keys.required("sampling", example: "{paths: 20480}")?.sampling()
            : keys.optional("sampling", default: Study.Sampling(paths: 1)) { $0.sampling() }
        let (steps, sampling) = keys.stepsAndSampling(sampled)
        let measures = keys.required("measures", example: "[strong-final, {weak: cos-V}]")?.measures()
        let reference = given ?? problem.map { keys.chosenReference(for: $0, measures: measures ?? []) }
        let multilevel = keys["estimator"]?.estimator()
        let isSampled = needsPaths || keys["sampling"] != nil
        let expectations = keys.optional("expect", default: []) {
            $0.expectations(
                of: ExpectableStudy(
                    integrators: integrators, reference: reference?.name, measures: measures, steps: steps,
                    populations: problem?.network.populations.map(\.name),
                    neurons: problem?.network.neuronCount, multilevel: multilevel,
                    isEstimatorUnclear: keys["estimator"] != nil && multilevel == nil, isSampled: isSampled,
                    hasStationaryLaw: problem?.isStationaryNeuron ?? false,
                    isSmooth: problem?.isSmooth ?? true, ramp: problem?.ramp))
        }
        let replay = keys.optional("replay", default: false) {
            $0.answer("replay: true runs every integrator once more on the reference's spikes")
        }
        let claim = keys["claim"].map { $0.claim() }
        let published = keys.optional("published", default: []) {
            $0.published(cases: problem?.network.populations.map(\.name))
        }
        // What fits together is looked at even where something else is wrong, so that all is told at once.
        if let problem {
            keys["ramp"]?.checkRamp(problem, keys["problem"])
            keys.checkTogether(
                problem, reference: reference, measures: measures ?? [], steps: steps, sampling: sampling)
        }
        guard let name, let title, let problem, let reference, let integrators, let sampling, let steps,
            let measures, let expectations, let replay, let published
        else { return nil }
        if let claim, claim == nil { return nil }
        if let unit, unit == nil { return nil }
        if let point, point == nil { return nil }
        if keys["estimator"] != nil, multilevel == nil { return nil }
        if !isSampled { keys.checkUnsampled(problem, integrators: integrators, steps: steps) }
        var study = Study(
            name: name, title: title, problem: problem, reference: reference, integrators: integrators,
            steps: steps,
            measures: measures, sampling: sampling, expectations: expectations, text: text,
            edgesHash: described?.edgesHash)
        study.replay = replay
        study.multilevel = multilevel
        keys["estimator"]?.checkEstimator(reference, solvers: listed?.solvers.map(\.name) ?? [])
        study.claim = claim ?? nil
        study.published = published
        keys.checkPublished(published, integrators: integrators, steps: steps, isPoint: point != nil)
        study.isSampled = isSampled
        study.solvers = listed?.solvers ?? []
        study.choices = problems.choices
        study.unit = unit ?? nil
        study.point = point ?? nil
        keys.warnOfSampling(study)
        (study.warnings, study.caseKeys) = (problems.warnings, problems.caseKeys)
        Self.checkSolvers(study, keys)
        return study
    }

    /// What V is measured in.
    private func voltageUnit() -> String? {
        guard let name = text("the unit of V") else { return nil }
        guard name == "1" || name.wholeMatch(of: /[A-Za-z]{1,10}/) != nil else {
            report(
                "\"\(name)\" cannot be the unit of V",
                remedy: "write mV, V, uV, or 1 for a number without unit")
            return nil
        }
        return name
    }

    /// What `parseAll` writes into the text of a point.
    private func sweepPoint() -> SweepPoint? {
        guard let keys = mapping(keys: ["of", "at"], example: "{of: my-sweep, at: {mu: 0.02}}"),
            let name = keys.required("of", example: "my-sweep")?.text("the name of a swept study"),
            let at = keys.required("at", example: "{mu: 0.02}"), case .mapping(let values) = at.node
        else { return nil }
        var found: [String: Double] = [:]
        for (key, value) in values {
            let place = StudyFileValue(node: value, keyPath: at.keyPath, problems: problems)
            guard let number = place.number(remedy: "write it as a number, such as 0.02") else { return nil }
            found[key.string ?? ""] = number
        }
        return SweepPoint(of: name, at: found)
    }

    private func claim() -> Claim? {
        let example = "{statement: the weak order is 1, source: arXiv:2603.10854}"
        guard let keys = mapping(keys: ["statement", "source"], example: example) else { return nil }
        let statement = keys.required("statement", example: "the weak order is 1")?.text("a statement")
        let source = keys.required("source", example: "arXiv:2603.10854")?.text("a source")
        guard let statement, let source else { return nil }
        return Claim(statement: statement, source: source)
    }

    /// The name becomes that of a directory, so it is kept to what is safe in one.
    private func studyName() -> String? {
        guard let name = text("the study's name") else { return nil }
        guard name.wholeMatch(of: /[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/) != nil else {
            report(
                "\"\(name)\" cannot name a study, since it becomes the name of a directory",
                remedy:
                    "use at most 100 letters, digits, hyphens, underscores and dots, and no dot at the beginning"
            )
            return nil
        }
        return name
    }
}

extension [StudyFileValue] {
    /// What `read` makes of the elements; nil where one of them was reported or is there twice.
    func unique<Content: Hashable>(_ kind: String, _ read: (StudyFileValue) -> Content?) -> [Content]? {
        var elements: [Content] = []
        var seen: Set<Content> = []
        var isComplete = true
        for value in self {
            guard let element = read(value) else {
                isComplete = false
                continue
            }
            if seen.insert(element).inserted {
                elements.append(element)
            } else {
                value.report("the same \(kind) is listed twice", remedy: "remove one of them")
                isComplete = false
            }
        }
        return isComplete ? elements : nil
    }
}
