import ConvergenceStudies
import Foundation
import Testing

extension CommandLineTests {
    @Suite("Running, listing and reporting")
    struct RunCommandTests {
        @Test("a study's results lie in a directory of its own, whole and alone")
        func results() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            let out = scratch.path + "/new/out"
            let outcome = try await Tool.run("run", file, "--out", out, "--paths", "64", "--seed", "5")
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.errors.isEmpty, "no progress where stderr is no terminal")
            let result = try decoded(out + "/small/result.json")
            #expect(result.header.study == "small" && result.header.paths == 64 && result.header.seed == 5)
            #expect(result.header.studyText == SmallStudy.text)
            let leftovers = scratch.content.filter { $0.contains("/.") }
            #expect(leftovers.isEmpty, "temporary files")
        }

        @Test("the number of threads changes nothing but host and time")
        func threads() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            var results: [StudyResult] = []
            for threads in ["1", "2"] {
                let out = scratch.path + "/" + threads
                #expect(try await Tool.run("run", file, "--out", out, "--threads", threads).code == 0)
                var result = try decoded(out + "/small/result.json")
                (result.header.host, result.header.time) = ("", .init())
                results.append(result)
            }
            #expect(results[0] == results[1])
        }

        /// With no noise and no spike the error is that of a linear equation: order 1 on every path.
        static let verdicts: [(order: Double, tolerance: Double, code: Int32)] = [(1, 0.2, 0), (3, 0.2, 1)]

        @Test("the exit code is the verdict", arguments: verdicts)
        func verdict(order: Double, tolerance: Double, code: Int32) async throws {
            let scratch = try Scratch()
            let expectation =
                "{measure: strong-final, integrator: euler-maruyama, order: \(order), tolerance: \(tolerance)}"
            let text = SmallStudy.silent + "expect: [\(expectation)]\n"
            let file = try scratch.file("s.yaml", text)
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == code, "\(outcome.errors)")
        }

        @Test("paths are added until the verdict falls, at the budget asked for")
        func untilDecided() async throws {
            let scratch = try Scratch()
            let expectation = "{scalar: firing-rate, integrator: exact-event, value: 0.05, tolerance: 0.0004}"
            let text = SmallStudy.text + "expect: [\(expectation)]\n"
            let file = try scratch.file("s.yaml", text)
            let out = scratch.path + "/out"
            let outcome = try await Tool.run(
                "run", file, "--out", out, "--paths", "1024", "--until-decided", "--max-paths", "16384",
                "--false-alarm", "1e-3")
            let result = try decoded(out + "/small/result.json")
            let budget = try #require(result.errorBudget)
            #expect(budget.falseAlarm == 1e-3 && budget.checks == 1 && budget.maximumPaths == 16384)
            #expect(budget.looks.first?.paths == 1024 && budget.looks.last?.paths == result.header.paths)
            #expect([0, 1].contains(outcome.code) ? result.checks[0].decidedAt == result.header.paths : true)
            #expect(outcome.code == [Verdict.pass: 0, .fail: 1, .inconclusive: 2][result.verdict])
            #expect(
                outcome.output.contains(
                    "False-alarm budget 0.001 of the run: by Holm's method among 1 check."))
        }

        @Test(
            "what makes no sense about the budget is refused",
            arguments: [
                ["--max-paths", "4096"], ["--until-decided", "--max-paths", "16"], ["--false-alarm", "0"],
                ["--false-alarm", "1"],
            ])
        func refusedBudget(arguments: [String]) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            let outcome = try await Tool.run(["run", file, "--out", scratch.path + "/out"] + arguments)
            #expect(outcome.code == 64, "\(outcome.errors)")
        }

        @Test("a measure that stays unresolved leaves the verdict open")
        func inconclusive() async throws {
            let scratch = try Scratch()
            let text =
                SmallStudy.text.replacing("mu: 0.1", with: "mu: 0")
                + "expect: [{measure: count-mismatch, integrator: euler-maruyama, order: 1, tolerance: 0.1}]\n"
            let outcome = try await Tool.run(
                "run", try scratch.file("s.yaml", text), "--out", scratch.path + "/out", "--paths", "8")
            #expect(outcome.code == 2, "\(outcome.errors)")
        }

        @Test(
            arguments: [
                ("models", "current-lif"), ("integrators", "exact-propagator+hermite"),
                ("measures", "count-mismatch"), ("measures", "network-statistics"),
                ("observables", "spike-count"), ("references", "exact-event"), ("formats", "json"),
            ])
        func list(_ family: String, _ name: String) async throws {
            let outcome = try await Tool.run("list", family)
            #expect(outcome.code == 0 && outcome.errors.isEmpty)
            let names = outcome.output.split(separator: "\n").compactMap {
                $0.split(separator: " ").first.map(String.init)
            }
            #expect(names.contains(name))
        }

        @Test("a result can be reported again, elsewhere")
        func report() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.text)
            _ = try await Tool.run("run", file, "--out", scratch.path, "--paths", "16")
            let result = scratch.path + "/small/result.json"
            let other = scratch.path + "/other"
            let outcome = try await Tool.run("report", result, "--format", "json", "--out", other)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(try decoded(other + "/result.json") == decoded(result))
        }

        @Test func version() async throws {
            #expect(try await Tool.run("--version").output == ToolVersion.current + "\n")
        }

        private func decoded(_ path: String) throws -> StudyResult {
            try JSONDecoder().decode(StudyResult.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }
}
