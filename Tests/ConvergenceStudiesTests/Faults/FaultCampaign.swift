import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// Every fault against the check suite at its own numbers of paths, and the right solvers beside them; writes
/// `reports/faults`.
@Suite("Fault campaign", .enabled(if: isSlowWanted, "set SPIKEVERIFY_SLOW=1"), .serialized)
struct FaultCampaign {
    static let seeds: [UInt64] = Array(101...120)
    /// For the least number of paths.
    static let fewSeeds: [UInt64] = Array(101...105)
    static let fewestPaths = 32

    // MARK: Solvers

    @Test("wrong solvers", .timeLimit(.minutes(300)))
    func solvers() async throws {
        var records = SolverFault.all.map { FaultRecord($0) }
        try await choose(&records)
        for k in records.indices where records[k].studies.isEmpty { records[k].runs = 1 }
        for name in CheckSuite.ofSolvers {
            let chosen = records.indices.filter { records[$0].study == name }
            let study = try CheckSuite.study(name)
            let trial = SolverTrial(chosen.map { SolverFault[records[$0].name] }, in: study)
            for seed in Self.seeds {
                let failures = try await trial.failures(seed: seed)
                for k in chosen {
                    records[k].runs += 1
                    records[k].caught += failures[records[k].name] == nil ? 0 : 1
                }
            }
            try await halve(&records, chosen, study)
        }
        try FaultReport.update { $0.replace(.solver, by: records) }
        let caught = records.filter { $0.isCaught }.count
        #expect(caught >= FaultTests.fewestCaught)
        for record in records where record.equivalence != nil {
            #expect(record.caught == 0, "\(record.name)")
        }
    }

    /// Runs all faults through all studies once, and chooses for each the cheapest study that notices.
    private func choose(_ records: inout [FaultRecord]) async throws {
        for name in CheckSuite.ofSolvers {
            let study = try CheckSuite.study(name)
            let checks = try await SolverTrial(SolverFault.all, in: study).checks(seed: Self.seeds[0])
            for k in records.indices {
                guard let its = checks[records[k].name] else { continue }
                if let failure = study.failing(its).first {
                    records[k].note(failure, in: name)
                } else {
                    records[k].noteMiss(its)
                }
            }
        }
    }

    /// Halves the paths until a fault is missed.
    private func halve(_ records: inout [FaultRecord], _ chosen: [Int], _ study: Study) async throws {
        var still = chosen.filter { records[$0].isCaught }
        var paths = study.sampling.paths
        for k in still { records[k].leastPaths = paths }
        while paths / 2 >= Self.fewestPaths, !still.isEmpty {
            paths /= 2
            let trial = SolverTrial(still.map { SolverFault[records[$0].name] }, in: study)
            for seed in Self.fewSeeds {
                let failures = try await trial.failures(seed: seed, paths: paths)
                still.removeAll { failures[records[$0].name] == nil }
            }
            for k in still { records[k].leastPaths = paths }
        }
    }

    // MARK: The harness

    @Test("a wrong harness", .timeLimit(.minutes(300)))
    func harness() async throws {
        var records: [FaultRecord] = []
        for fault in HarnessFault.all {
            var record = FaultRecord(fault)
            for seed in Self.seeds {
                let (checks, failures) = try await fault.outcome(seed: seed)
                if failures.isEmpty { record.noteMiss(checks) }
                if let first = failures.first, record.caught == 0 { record.note(first, in: fault.study) }
                record.runs += 1
                record.caught += failures.isEmpty ? 0 : 1
            }
            record.study = fault.study
            records.append(record)
        }
        try FaultReport.update { $0.replace(.harness, by: records) }
    }

    @Test("blocks put together wrongly")
    func merges() async throws {
        let study = try MergeLaw.study()
        let whole = try await StudyRunner(study: study, threads: 2).sample(
            StudyPart(study), progress: { _, _ in })
        let nodes = try await MergeLaw.nodes(of: study)
        var records: [FaultRecord] = []
        for fault in MergeFault.all {
            var record = FaultRecord(fault)
            record.runs = 1
            record.caught = try await MergeLaw.holds(fault.merge(nodes, study), for: whole) ? 0 : 1
            record.leastPaths = study.sampling.paths
            records.append(record)
        }
        try FaultReport.update { $0.replace(.merge, by: records) }
    }

    // MARK: Right solvers

    static let survivalSeeds: [UInt64] = Array(1001...1200)

    /// The integrators of the suite; that the solver without faults is one of them, `FaultTests` show.  Goes on where an earlier
    /// run was stopped.
    @Test("right solvers survive", .timeLimit(.minutes(300)))
    func survival() async throws {
        var survival = try FaultReport.read().survival
        for seed in Self.survivalSeeds.dropFirst(survival.seeds) {
            for var study in try CheckSuite.studies.get() {
                study.sampling.seed = seed
                let checks = try await StudyRunner(study: study, threads: 2).run { _, _ in }.checks
                survival.add(checks, failing: study.failing(checks), seed: seed)
            }
            survival.seeds += 1
            try FaultReport.update { $0.survival = survival }
        }
        #expect(survival.failures.isEmpty)
    }
}
