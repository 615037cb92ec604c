import ConvergenceStudies
import Foundation
import Subprocess
import Testing

extension CommandLineTests {
    @Suite("Stopping, being killed, and going on")
    struct ResumeCommandTests {
        /// Some hundred ms a block: there is time to stop it.
        static let slow = SmallStudy.longer.replacing("duration: 20", with: "duration: 400")

        static let killings = ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == nil ? 8 : 50

        /// The moments are spread over a whole run: start, sampling, saving, reports.
        @Test("a run killed at any moment leaves no broken file, and is continued to the same bytes")
        func killed() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let began = ContinuousClock.now
            #expect(try await Tool.run("run", file, "--out", scratch.path + "/whole").code == 0)
            let took = began.duration(to: .now)
            for k in 0..<Self.killings {
                let out = scratch.path + "/\(k)"
                let moment = took * ((Double(k) + Double.random(in: 0..<1)) / Double(Self.killings))
                _ = try await Tool.run(["run", file, "--out", out], signal: .kill) {
                    try await Task.sleep(for: moment)
                }
                try expectWhole(out + "/small")
                let resumed = try await Tool.run("run", file, "--out", out, "--resume")
                #expect(resumed.code == 0, "killed after \(moment): \(resumed.errors)")
                try SmallStudy.expectSame(out + "/small", as: scratch.path + "/whole/small")
            }
        }

        /// Every file with its final name can be read to its end.
        private func expectWhole(_ directory: String) throws {
            let part = directory + "/run.part"
            if FileManager.default.fileExists(atPath: part) {
                #expect(throws: Never.self) { try PartFile.header(PartFile.read(path: part)) }
            }
            let result = directory + "/result.json"
            if FileManager.default.fileExists(atPath: result) {
                let data = try Data(contentsOf: URL(fileURLWithPath: result))
                #expect(throws: Never.self) { try JSONDecoder().decode(StudyResult.self, from: data) }
            }
        }

        static let signals: [(String, Int32)] = [("INT", 130), ("TERM", 143)]

        @Test("Ctrl-C and SIGTERM keep what is done and say how to go on", arguments: signals.indices)
        func stopped(_ k: Int) async throws {
            let (signal, code) = Self.signals[k]
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.slow)
            let part = scratch.path + "/small/run.part"
            let arguments = ["run", file, "--out", scratch.path, "--threads", "1"]
            let outcome = try await Tool.run(arguments, signal: signal, once: part)
            #expect(outcome.code == code)
            let lines = outcome.errors.split(separator: "\n")
            try #require(lines.count == 3, "\(outcome.errors)")
            #expect(lines[0] == "stopping; once more to stop at once")
            #expect(lines[1] == "small: stopped")
            let header = try PartFile.header(PartFile.read(path: part))
            #expect((1..<6000).contains(header.sampledPaths))
            let command = ([Tool.path] + arguments + ["--resume"]).joined(separator: " ")
            #expect(
                lines[2] == "\(header.sampledPaths) of 6000 paths are kept in \(part); go on with: \(command)"
            )
            #expect(scratch.content == ["s.yaml", "small", "small/run.part"], "no lock, no temporary file")

            let refused = try await Tool.run(arguments)
            #expect(refused.code == 64)
            #expect(
                refused.errors
                    == "\(part): has \(header.sampledPaths) of 6000 paths of an earlier run; "
                    + "go on with it by adding --resume, or delete it to begin anew\n")
            let resumed = try await Tool.run(arguments + ["--resume"])
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try await Tool.run("run", file, "--out", scratch.path + "/whole").code == 0)
            try SmallStudy.expectSame(scratch.path + "/small", as: scratch.path + "/whole/small")
        }

        @Test("a broken part is refused by name, and not overwritten")
        func broken() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            #expect(try await Tool.run("run", file, "--out", scratch.path).code == 0)
            let part = URL(fileURLWithPath: scratch.path + "/small/run.part")
            let bytes = try Data(contentsOf: part).dropLast(9)
            try bytes.write(to: part)
            for option in [[], ["--resume"]] {
                let outcome = try await Tool.run(["run", file, "--out", scratch.path] + option)
                #expect(outcome.code == 64)
                #expect(
                    outcome.errors.hasPrefix("\(part.path): is cut short: it has \(bytes.count) bytes of "))
                #expect(outcome.errors.hasSuffix("; delete it to begin anew\n"))
                #expect(try Data(contentsOf: part) == bytes)
            }
        }

        @Test("a finished run is only reported again")
        func finished() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.slow)
            let first = try await Tool.run("run", file, "--out", scratch.path)
            let result = URL(fileURLWithPath: scratch.path + "/small/result.json")
            func seconds() throws -> Double {
                try JSONDecoder().decode(StudyResult.self, from: Data(contentsOf: result)).header.time.seconds
            }
            let before = try seconds()
            let second = try await Tool.run("run", file, "--out", scratch.path, "--resume")
            #expect(second.code == first.code && second.output == first.output)
            // To sample again would have taken another time, to the last bit.
            #expect(try seconds() == before)
        }
    }
}
