import ConvergenceStudies

/// What became of a fault.
struct FaultRecord: Codable, Sendable {
    enum Kind: String, Codable { case solver, harness, merge }

    var name: String
    var words: String
    var kind: Kind
    /// Why the variant is right; nil for a fault.
    var equivalence: String?
    /// The study of the suite that was to notice, without the common beginning of its name.
    var study = ""
    /// Its check that says so most clearly.
    var check = ""
    /// All studies that noticed in one run.
    var studies: [String] = []
    /// How many runs there were of that study, by as many seeds, and how many noticed.
    var runs = 0
    var caught = 0
    /// The fewest paths at which five runs of five noticed; nil where that was not tried.
    var leastPaths: Int?
    /// For what was missed: the check that came nearest.
    var nearest: NearMiss?

    struct NearMiss: Codable, Sendable {
        var check: String
        var value, expected: Double
        /// How far from what is expected the number has to be for nine in ten runs to notice.
        var limit: Double
    }

    enum CodingKeys: String, CodingKey {
        case name, words, kind, equivalence, study, check, studies, runs, caught, nearest
        case leastPaths = "least_paths"
    }

    init(_ fault: SolverFault) {
        (name, words, kind, equivalence) = (fault.name, fault.words, .solver, fault.equivalence)
    }

    init(_ fault: HarnessFault) {
        (name, words, kind) = (fault.name, fault.words, .harness)
    }

    init(_ fault: MergeFault) {
        (name, words, kind) = (fault.name, fault.words, .merge)
        check = "shards make the bits of one run"
    }

    var isCaught: Bool { runs > 0 && caught == runs }

    /// The first study that notices is the one that is repeated.
    mutating func note(_ failure: Check, in study: String) {
        studies.append(study)
        if studies.count == 1 { (self.study, check) = (study, failure.title) }
    }

    mutating func noteMiss(_ checks: [Check]) {
        for miss in checks.compactMap(NearMiss.init) where miss.closeness > nearest?.closeness ?? 0 {
            nearest = miss
        }
    }
}

extension FaultRecord.NearMiss {
    /// Nil for a check that found nothing.
    fileprivate init?(_ check: Check) {
        guard let value = check.value, let far = check.detectable else { return nil }
        self.init(
            check: check.study.replacing("check-", with: "") + ": " + check.title, value: value,
            expected: check.expected, limit: check.tolerance + far)
    }

    /// 1 where nine in ten runs would notice.
    fileprivate var closeness: Double { abs(value - expected) / limit }
}

/// What became of right solvers.
struct SurvivalRecord: Codable, Sendable {
    struct Incident: Codable, Sendable {
        var seed: UInt64
        var study: String
        var integrator: String
        var check: String
    }

    var seeds = 0
    var checks = 0
    var failures: [Incident] = []
    var inconclusive: [Incident] = []

    mutating func add(_ all: [Check], failing: [Check], seed: UInt64) {
        func incident(_ check: Check) -> Incident {
            Incident(seed: seed, study: check.study, integrator: check.integrator, check: check.title)
        }
        checks += all.count
        failures += failing.map(incident)
        inconclusive += all.filter { $0.verdict == .inconclusive }.map(incident)
    }
}
