import ConvergenceStudies
import Foundation
import Testing

extension CommandLineTests {
    @Suite("Checking against a baseline")
    struct CheckCommandTests {
        /// Two integrators, of which one is much better.
        static let study = SmallStudy.text.replacing(
            "[euler-maruyama]", with: "[euler-maruyama, exact-propagator+hermite]")

        /// A folder with a study, its reports and its baselines.
        final class Workplace {
            let scratch: Scratch
            let file: String

            init(_ text: String = study) throws {
                scratch = try Scratch()
                file = try scratch.file("s.yaml", text)
            }

            var baseline: String { scratch.path + "/base/small.json" }
            private var places: [String] {
                ["--out", scratch.path + "/out", "--baseline", scratch.path + "/base"]
            }

            func check(_ arguments: String..., environment: [String: String] = [:]) async throws
                -> Tool.Outcome
            {
                try await check(arguments, environment: environment)
            }

            /// In the folder, so that names of files may be relative to it.
            func check(_ arguments: [String], environment: [String: String] = [:]) async throws
                -> Tool.Outcome
            {
                try await Tool.run(
                    .path(.init(Tool.path)), ["check", file] + places + arguments, environment: environment,
                    in: scratch.path)
            }

            func review() async throws -> Tool.Outcome { try await Tool.run(["review"] + places) }

            func accept(_ pattern: String, environment: [String: String] = [:]) async throws -> Tool.Outcome {
                try await Tool.run(["accept", "--case", pattern] + places, environment: environment)
            }

            /// Gives the samples of two integrators each other's names, as though the solvers had changed places.
            func exchangeIntegrators() throws {
                var accepted = try Baseline(text: String(contentsOfFile: baseline, encoding: .utf8))
                let names = ["euler-maruyama", "exact-propagator+hermite"]
                for k in accepted.series.indices {
                    accepted.series[k].integrator =
                        accepted.series[k].integrator == names[0] ? names[1] : names[0]
                }
                try accepted.text().write(toFile: baseline, atomically: true, encoding: .utf8)
            }
        }

        @Test("the first time passes and says how to make a baseline")
        func first() async throws {
            let place = try Workplace()
            let outcome = try await place.check()
            #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            #expect(
                outcome.output.contains("has no baseline")
                    && outcome.output.contains("accept --case 'small/*'"))
            #expect(!FileManager.default.fileExists(atPath: place.baseline), "only people make baselines")
            #expect(try await place.check("--require-baseline").code == 2)
        }

        @Test("the same program and seed give the same numbers, another seed the same sample but for chance")
        func unchanged() async throws {
            let place = try Workplace()
            _ = try await place.check()
            #expect(try await place.accept("small/*").code == 0)
            let same = try await place.check("--require-baseline", "--threads", "1")
            #expect(
                same.code == 0 && same.output.contains("all 8 rows have the same numbers"), "\(same.output)")
            let other = try await place.check("--seed", "99")
            #expect(other.code == 0 && other.output.contains("8 rows compared, 8 same"), "\(other.output)")
        }

        @Test("a worse solver fails until the change is accepted, a better one passes with a notice")
        func changed() async throws {
            // On so short a time few paths spike, so few carry errors.
            let paths = "65536"
            let place = try Workplace()
            _ = try await place.check("--paths", paths)
            _ = try await place.accept("*")
            try place.exchangeIntegrators()
            let outcome = try await place.check("--paths", paths, "--seed", "99")
            #expect(outcome.code == 1, "\(outcome.output)")
            #expect(
                outcome.output.contains("✗ strong-final of euler-maruyama is worse at 2 of 2 steps"),
                "\(outcome.output)")
            #expect(
                outcome.output.contains(
                    "! strong-final of exact-propagator+hermite has improved at 2 of 2 steps")
            )
            let review = try await place.review()
            #expect(review.code == 0)
            let lines = review.output.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("1/2") && $0.hasSuffix("worse") }, "\(review.output)")
            #expect(lines.contains { $0.hasPrefix("1/2") && $0.hasSuffix("improved") })

            let accepted = try await place.accept("small/network/euler-maruyama/*")
            #expect(accepted.output.split(separator: "\n").count == 2, "\(accepted.output)")
            let again = try await place.check("--paths", paths, "--seed", "99")
            #expect(
                again.code == 0 && again.output.contains("has improved"),
                "the improvement is not accepted yet")
        }

        @Test(
            "numbers of the same seed that differ are compared with added standard errors, and that is said")
        func sharedPaths() async throws {
            let place = try Workplace()
            _ = try await place.check()
            _ = try await place.accept("*")
            let outcome = try await place.check("--paths", "1024")
            #expect(
                outcome.code == 0 && outcome.output.contains("the same seed gave other numbers"),
                "\(outcome.output)")
        }

        @Test("a comparison that could not have noticed anything is inconclusive")
        func blind() async throws {
            let place = try Workplace()
            _ = try await place.check("--paths", "16")
            _ = try await place.accept("*")
            let outcome = try await place.check("--paths", "16", "--seed", "99")
            #expect(
                outcome.code == 2 && outcome.output.contains("a doubling of its error"), "\(outcome.output)")
        }

        @Test("what cannot be run or written is an error of its own, and does not hide what failed")
        func environment() async throws {
            let place = try Workplace()
            try FileManager.default.createDirectory(
                atPath: place.scratch.path + "/out/small/baseline-candidate.json",
                withIntermediateDirectories: true)
            let junit = place.scratch.path + "/ci/junit.xml"
            let outcome = try await place.check("--junit", junit)
            #expect(outcome.code == 3 && outcome.output.contains("could not be run"), "\(outcome.output)")
            #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("type=\"environment\""))
        }

        @Test("a folder stands for the studies in it and below it; an empty one runs nothing")
        func folders() async throws {
            let scratch = try Scratch()
            for (folder, name) in [("a", "one"), ("a/b", "two")] {
                let path = scratch.path + "/studies/" + folder
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                _ = try scratch.file(
                    "studies/\(folder)/\(name).yaml",
                    SmallStudy.text.replacing("study: small", with: "study: \(name)"))
            }
            let outcome = try await Tool.run(
                "check", scratch.path + "/studies", "--out", scratch.path + "/out", "--baseline", scratch.path
            )
            #expect(outcome.code == 0 && outcome.output.contains("one: ") && outcome.output.contains("two: "))
            let empty = scratch.path + "/empty"
            try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
            let nothing = try await Tool.run("check", empty)
            #expect(nothing.code == 4 && nothing.errors.contains("no study file"))
        }

        @Test("a spoiled baseline stops the check before anything runs")
        func spoiled() async throws {
            let place = try Workplace()
            _ = try place.scratch.file("base", "")
            try FileManager.default.removeItem(atPath: place.scratch.path + "/base")
            try FileManager.default.createDirectory(
                atPath: place.scratch.path + "/base", withIntermediateDirectories: true)
            try "{\"format_version\":1".write(toFile: place.baseline, atomically: true, encoding: .utf8)
            let outcome = try await place.check()
            #expect(outcome.code == 64 && outcome.errors.hasPrefix(place.baseline + ": is no baseline"))
            #expect(!place.scratch.content.contains { $0.hasPrefix("out") })
        }

        @Test("accepting is for people, and for what is there")
        func accept() async throws {
            let place = try Workplace()
            #expect(try await place.accept("*").code == 4, "nothing was checked yet")
            #expect(try await place.review().code == 4)
            _ = try await place.check()
            let refused = try await place.accept("*", environment: ["CI": "true"])
            #expect(refused.code == 64 && refused.errors.contains("CI=true"))
            let none = try await place.accept("smal/*")
            #expect(
                none.code == 64 && none.errors.contains("\"smal/*\" matches none of 4 names"),
                "\(none.errors)")
            #expect(!FileManager.default.fileExists(atPath: place.baseline))
            #expect(try await Tool.run("accept").code == 64)
            #expect(try await Tool.run("check").code == 64)
            #expect(try await Tool.run("check", "none.yaml").code == 64)
        }

        @Test("a failed expectation fails the check, baseline or not")
        func expectation() async throws {
            let expected = "{measure: strong-final, integrator: euler-maruyama, order: 3, tolerance: 0.2}"
            let place = try Workplace(
                SmallStudy.silent + "expect: [\(expected)]\n")
            let outcome = try await place.check()
            #expect(
                outcome.code == 1 && outcome.output.contains("expected 3 ± 0.2: fail"), "\(outcome.output)")
        }
    }
}

extension CommandLineTests {
    @Suite("Advising")
    struct AdviseCommandTests {
        @Test("a table, JSON and a figure; exit code 2 where nothing meets the tolerance")
        func advise() async throws {
            let scratch = try Scratch()
            // Without spikes every path carries the error.
            let file = try scratch.file("s.yaml", SmallStudy.text.replacing("mu: 0.1", with: "mu: 0"))
            func advise(_ tolerance: String, _ arguments: String...) async throws -> Tool.Outcome {
                try await Tool.run(
                    ["advise", file, "--tolerance", tolerance, "--out", scratch.path] + arguments)
            }
            let outcome = try await advise("50%", "--measure", "strong-final")
            #expect(
                outcome.code == 0 && outcome.output.contains("cheapest: euler-maruyama at h = 1/2 ms"),
                "\(outcome.output)")
            #expect(
                scratch.content.contains("small/advice.json") && scratch.content.contains("small/advice.svg"))
            #expect(try await advise("0.0001%").code == 2)
            #expect(try await advise("-1").code == 64)
            let unknown = try await advise("1%", "--measure", "weak cos-V")
            #expect(unknown.code == 64 && unknown.errors.contains("it has strong-final, count-mismatch"))
        }
    }
}
