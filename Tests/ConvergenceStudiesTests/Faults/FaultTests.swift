import ConvergenceStudies
import SolverProtocol
import SpikingNumerics
import Testing

/// A part of the fault campaign that takes a minute at most; see `FaultCampaign` for all of it.
///
/// Failures are claimed at one false alarm in a million runs of the whole suite, so that a right solver fails none of
/// these tests by chance.
@Suite("Faults are caught by the check suite")
struct FaultTests {
    /// By study, faults that its checks must notice at its own number of paths.
    static let caught: [(study: String, faults: [String])] = [
        (
            "noiseless",
            [
                "drift-sign", "leak-twice", "leak-off-1-percent", "constants-swapped", "rest-at-zero",
                "reset-off-1-percent", "held-too-shortly", "subtractive-reset", "current-reset",
                "stamped-early",
                "late-jumps", "delays-rounded-down", "weights-off-1-percent", "wrong-target", "early-states",
                "single-precision",
            ]
        ),
        (
            "subthreshold",
            ["noise-times-step", "noise-1-percent", "late-increments", "reversed-increments", "next-path"]
        ),
        ("inputs", ["late-input", "shared-increments"]),
    ]
    /// With fewer faults seen to fail than this, the campaign has lost its sensitivity.
    static let fewestCaught = 10

    /// The faults of the subset that fail a check.
    ///
    /// - Parameter change: Applied to each fault's rules and each study before they are used.
    static func failing(
        study change: (inout Study) -> Void = { _ in }, fault: (SolverFault) -> SolverFault = { $0 }
    ) async throws -> Set<String> {
        var failing: Set<String> = []
        for (name, faults) in caught {
            var study = try CheckSuite.study(name)
            change(&study)
            let trial = SolverTrial(faults.map { fault(SolverFault[$0]) }, in: study)
            failing.formUnion(try await trial.failures(seed: 1).keys)
        }
        return failing
    }

    @Test("wrong solvers fail")
    func solvers() async throws {
        let failing = try await Self.failing()
        let missed = Set(Self.caught.flatMap(\.faults)).subtracting(failing)
        #expect(missed.isEmpty)
        #expect(failing.count >= Self.fewestCaught)
    }

    @Test("the same test is red where nothing is wrong with the solvers, or where checks tolerate anything")
    func sensitivity() async throws {
        let healed = try await Self.failing(fault: { fault in
            SolverFault(fault.name, "right after all") { _ in }
        })
        #expect(healed.isEmpty)
        let tolerant = try await Self.failing(study: { study in
            for k in study.expectations.indices { study.expectations[k].tolerance = 1e9 }
        })
        #expect(tolerant.isEmpty && tolerant.count < Self.fewestCaught)
    }

    @Test(
        "a wrong harness fails",
        arguments: [
            "reference-drops-first-spike", "twin-on-other-path", "saltation-inverted",
            "law-without-refractoriness",
        ])
    func harness(name: String) async throws {
        #expect(try await !HarnessFault[name].failures(seed: 1).isEmpty)
    }

    @Test(
        "blocks put together wrongly break the law that shards make the bits of one run",
        arguments: MergeFault.all)
    func merges(fault: MergeFault) async throws {
        let study = try MergeLaw.study()
        let whole = try await StudyRunner(study: study, threads: 1).sample(
            StudyPart(study), progress: { _, _ in })
        let nodes = try await MergeLaw.nodes(of: study)
        var right = BlockFold()
        nodes.forEach { right.insert($0) }
        #expect(MergeLaw.holds(right, for: whole))
        #expect(try await !MergeLaw.holds(fault.merge(nodes, study), for: whole))
    }

    @Test("variants that are as right as the original are not caught", arguments: CheckSuite.ofSolvers)
    func equivalents(name: String) async throws {
        let trial = SolverTrial(SolverFault.equivalent, in: try CheckSuite.study(name))
        #expect(try await trial.failures(seed: 1).isEmpty)
    }

    @Test(
        "the solver without a fault is Euler-Maruyama, in every study of the suite",
        arguments: CheckSuite.ofSolvers)
    func faultless(name: String) async throws {
        var study = try CheckSuite.study(name)
        study.sampling.paths = 256
        study.integrators = ["euler-maruyama", "swift"]
        study.solvers = [SolverChoice(name: "swift", solver: SwiftSolver())]
        if ["spikes", "noiseless"].contains(name) {
            study.integrators += ["euler-maruyama+linear", "located"]
            study.solvers.append(SolverChoice(name: "located", solver: SwiftSolver(rules: .located)))
        }
        study.expectations = []
        let rows = try await StudyRunner(study: study, threads: 2).run { _, _ in }.rows
        let names = [("euler-maruyama", "swift"), ("euler-maruyama+linear", "located")]
        for (original, copy) in names where study.integrators.contains(copy) {
            let (ours, its) = (
                rows.filter { $0.integrator == original }, rows.filter { $0.integrator == copy }
            )
            #expect(!ours.isEmpty && ours.count == its.count)
            for (our, its) in zip(ours, its) {
                // The two differ in the order of additions only.
                #expect(
                    abs((our.value ?? 0) - (its.value ?? 0)) <= 1e-11,
                    "\(our.case) \(our.measure) h = \(our.h): \(our.value ?? 0), \(its.value ?? 0)")
            }
        }
    }

    @Test("right integrators pass the suite", arguments: CheckSuite.ofSolvers + ["white-noise", "lyapunov"])
    func passes(name: String) async throws {
        let study = try CheckSuite.study(name)
        let checks = try await StudyRunner(study: study, threads: 2).run { _, _ in }.checks
        #expect(checks.count == study.expectations.count && !checks.isEmpty)
        for check in checks { #expect(check.verdict == .pass, "\(check)") }
    }

    @Test("the catalogue has at least forty faults, no two of one name")
    func size() throws {
        let names =
            SolverFault.all.map(\.name) + HarnessFault.all.map(\.name) + MergeFault.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count - SolverFault.equivalent.count >= 40)
        #expect(try CheckSuite.studies.get().count == CheckSuite.ofSolvers.count + 2)
    }
}
