import Foundation
import Subprocess
import TestSupport
import Testing

extension CommandLineTests {
    /// Runs the scripts of `convergence/cluster` with the programs they are for; needs slurm-wlm, munge, openmpi-bin and
    /// parallel from Debian, snakemake from PyPI, and, for Slurm, root.
    @Suite(
        "Workload managers",
        .enabled(
            if: ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] != nil, "set SPIKEVERIFY_SLOW=1"),
        .serialized)
    struct ClusterTests {
        private static let scripts = Repository.folder.appending(path: "convergence/cluster").path

        private let scratch: Scratch
        private let study: String

        init() async throws {
            scratch = try Scratch()
            study = try scratch.file("s.yaml", SmallStudy.longer)
            #expect(try await Tool.run("run", study, "--out", scratch.path + "/one").code == 0)
        }

        private func run(_ command: String) async throws -> Tool.Outcome {
            try await Tool.shell(
                "cd \(scratch.path); \(command)",
                environment: ["SPIKEVERIFY": Tool.path, "SLURM_CONF": scratch.path + "/slurm/slurm.conf"])
        }

        private func expectSame(_ out: String) throws {
            try SmallStudy.expectSame("\(scratch.path)/\(out)/small", as: scratch.path + "/one/small")
        }

        @Test("Open MPI")
        func mpi() async throws {
            let root = "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"
            let outcome = try await run("\(root) \(Self.scripts)/mpi.sh \(study) 4 out --oversubscribe")
            #expect(outcome.code == 0, "\(outcome.errors)")
            try expectSame("out")
        }

        @Test("GNU parallel, killed and called again")
        func parallel() async throws {
            let command = "\(Self.scripts)/parallel.sh \(study) 6 out -j 2"
            _ = try await run("timeout --signal=KILL 0.5 \(command)")
            let outcome = try await run(command)
            #expect(outcome.code == 0, "\(outcome.errors)")
            try expectSame("out")
            let log = try String(contentsOfFile: scratch.path + "/out/small.joblog", encoding: .utf8)
            // A third call has nothing left to run.
            #expect(try await run(command).code == 0)
            #expect(try String(contentsOfFile: scratch.path + "/out/small.joblog", encoding: .utf8) == log)
            try expectSame("out")
        }

        @Test("Snakemake")
        func snakemake() async throws {
            let outcome = try await run(
                "snakemake --snakefile \(Self.scripts)/Snakefile --cores 2 --config study=\(study) shards=4 out=out"
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            try expectSame("out")
        }

        @Test("Slurm: an array job, and the merge that depends on it")
        func slurm() async throws {
            let started = try await run("\(Self.scripts)/single-node-slurm.sh slurm")
            #expect(started.code == 0, "\(started.errors)")
            let submitted = try await run("\(Self.scripts)/slurm.sh \(study) 4 out")
            #expect(submitted.code == 0, "\(submitted.errors)")
            let merge = submitted.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let waited = try await run(
                "for k in $(seq 300); do [ -z \"$(squeue -h -j \(merge) 2>/dev/null)\" ] && break; sleep 0.2; done; "
                    + "cat out/small-merge.log")
            #expect(waited.output.contains("report: "), "\(waited.output)")
            _ = try await run("kill $(cat slurm/*.pid)")
            try expectSame("out")
        }
    }
}
