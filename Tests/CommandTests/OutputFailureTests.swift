import Foundation
import Testing

extension CommandLineTests {
    @Suite("When results cannot be written: exit code 3, the place and the reason")
    struct OutputFailureTests {
        @Test("two runs into one directory: the second one is told so, and the first goes on")
        func twoRuns() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", ResumeCommandTests.slow)
            let part = scratch.path + "/small/run.part"
            // Far longer than the others take to be refused.
            let arguments = ["run", file, "--out", scratch.path, "--paths", "1000000"]
            let first = try await Tool.run(arguments, signal: .terminate) {
                try await Tool.wait(for: scratch.path + "/small/.run.part.lock")
                for option in [[], ["--resume"]] {
                    let second = try await Tool.run(arguments + option)
                    #expect(second.code == 3)
                    #expect(second.errors.hasPrefix("\(part): another run is writing it; wait for its end"))
                }
            }
            #expect(first.status == .exited(143), "\(first.errors)")
            #expect(scratch.content.filter { $0.contains("/.") }.isEmpty, "no lock is left")
        }

        @Test("the directory vanishes during the run")
        func removed() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", ResumeCommandTests.slow)
            let directory = scratch.path + "/out/small"
            let outcome = try await Tool.run([
                "run", file, "--out", scratch.path + "/out", "--threads", "1", "--paths", "1000000",
            ]) {
                try await Tool.wait(for: directory + "/run.part")
                try FileManager.default.removeItem(atPath: scratch.path + "/out")
            }
            #expect(outcome.status == .exited(3))
            #expect(
                outcome.errors.hasPrefix(
                    "small: \(directory)/run.part: cannot be written: No such file or directory"),
                "\(outcome.errors)")
        }

        @Test(
            "a limit on the size of files is met: what was saved before is kept, and goes on without the limit"
        )
        func sizeLimit() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let run = "$tool run \(file) --out \(scratch.path) --threads 1"
            // Blocks of 1024 bytes; a part with all crossings has some 300 of them.
            let outcome = try await Tool.shell("trap '' XFSZ; ulimit -f 100; \(run)")
            #expect(outcome.code == 3)
            let part = scratch.path + "/small/run.part"
            #expect(outcome.errors.hasPrefix("small: \(part): cannot be written: File too large; "))
            #expect(outcome.errors.contains(" of 6000 paths are kept in \(part); go on with: "))
            #expect(scratch.content == ["s.yaml", "small", "small/run.part"])
            let resumed = try await Tool.shell(
                "\(run) --resume; $tool run \(file) --out \(scratch.path)/whole")
            #expect(resumed.code == 0, "\(resumed.errors)")
            try SmallStudy.expectSame(scratch.path + "/small", as: scratch.path + "/whole/small")
        }

        /// In a name space of its own, so that nothing stays mounted.
        static func mounted(_ options: String, _ command: String) async throws -> Tool.Outcome {
            try await Tool.shell(
                "unshare --map-root-user --mount bash -c 'mount -t tmpfs -o \(options) tmpfs /mnt && \(command)'"
            )
        }

        static func canMount() async throws -> Bool { try await mounted("size=64k", "true").code == 0 }

        @Test("a full disk", .enabled("mounting needs name spaces") { try await canMount() })
        func fullDisk() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let outcome = try await Self.mounted(
                "size=200k", "$tool run \(file) --out /mnt; ls -A /mnt/small >&2")
            let code = try await Self.mounted("size=200k", "$tool run \(file) --out /mnt").code
            #expect(code == 3 && outcome.output.isEmpty)
            #expect(
                outcome.errors.hasPrefix(
                    "small: /mnt/small/run.part: cannot be written: No space left on device")
            )
            #expect(outcome.errors.hasSuffix(" --resume\nrun.part\n"), "\(outcome.errors)")
        }

        @Test(
            "a read-only disk, before anything runs",
            .enabled("mounting needs name spaces") { try await canMount() })
        func readOnly() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let outcome = try await Self.mounted("ro", "$tool run \(file) --out /mnt")
            #expect(outcome.code == 3 && outcome.output.isEmpty)
            #expect(
                outcome.errors
                    == "/mnt/small: cannot be written: Read-only file system; choose another directory with --out\n"
            )
        }
    }
}
