import ConvergenceStudies
import Foundation
import FoundationXML
import Testing

extension CommandLineTests {
    @Suite("What CI services read")
    struct CIFormatTests {
        /// A check with two failures, two improvements, an inconclusive expectation and one that passes.
        private static func mixed(environment: [String: String] = [:], _ arguments: String...) async throws
            -> (
                place: CheckCommandTests.Workplace, outcome: Tool.Outcome
            )
        {
            let expectations = [0.3, 3].map {
                "{measure: strong-final, integrator: \($0 == 3 ? "exact-propagator+hermite" : "euler-maruyama"), "
                    + "order: 0.5, tolerance: \($0)}"
            }
            let place = try CheckCommandTests.Workplace(
                CheckCommandTests.study + "expect: [\(expectations.joined(separator: ", "))]\n")
            _ = try await place.check("--paths", "65536")
            _ = try await place.accept("*")
            try place.exchangeIntegrators()
            let outcome = try await place.check(
                ["--paths", "65536", "--seed", "99"] + arguments, environment: environment)
            return (place, outcome)
        }

        @Test("JUnit XML is valid, counts itself right, and has the numbers in its text")
        func junit() async throws {
            let (place, outcome) = try await Self.mixed("--junit", "junit.xml")
            #expect(outcome.code == 1, "\(outcome.output)")
            let file = place.scratch.path + "/junit.xml"
            let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/junit.xsd"
            if let xmllint = Tool.find("xmllint") {
                let validation = try await Tool.run(xmllint, ["--noout", "--schema", schema, file])
                #expect(validation.code == 0, "\(validation.errors)")
                let wrong = try place.scratch.file("wrong.xml", "<testsuites><testsuite/></testsuites>")
                #expect(try await Tool.run(xmllint, ["--noout", "--schema", schema, wrong]).code != 0)
            }
            let document = try XMLDocument(contentsOf: URL(fileURLWithPath: file))
            func nodes(_ path: String) throws -> [XMLNode] { try document.nodes(forXPath: path) }
            let suite = try #require(try nodes("/testsuites/testsuite").first as? XMLElement)
            for (attribute, path) in [
                ("tests", "//testcase"), ("failures", "//failure"), ("errors", "//error"),
                ("skipped", "//skipped"),
            ] {
                #expect(
                    suite.attribute(forName: attribute)?.stringValue == "\(try nodes(path).count)",
                    "\(attribute)"
                )
            }
            #expect(try nodes("//failure[@type='accuracy']").count == 2)
            let failure = try #require(try nodes("//failure").first?.stringValue)
            #expect(
                failure.contains("h = 1/2 ms: was 0.0") && failure.contains("worse (other paths;"),
                "\(failure)")
            #expect(try nodes("//property[@name='command']").count == 1)
        }

        @Test("GitHub's environment switches on annotations and the step summary")
        func github() async throws {
            let scratch = try Scratch()
            let summary = try scratch.file("summary.md", "an earlier step\n")
            let (place, outcome) = try await Self.mixed(
                environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary, "CI": "true"])
            let lines = outcome.output.split(separator: "\n")
            let errors = lines.filter { $0.hasPrefix("::error file=") }
            #expect(errors.count == 3, "\(outcome.output)")
            #expect(
                errors.allSatisfy { $0.contains("s.yaml,title=spikeverify%3A small::") && !$0.contains(" %") }
            )
            #expect(lines.count { $0.hasPrefix("::notice ") } == 2)
            let text = try String(contentsOfFile: summary, encoding: .utf8)
            #expect(
                text.hasPrefix("an earlier step\n## spikeverify") && text.contains("| ❌ fail | small | 2 |"))
            #expect(text.contains("spikeverify check \(place.file) --paths 65536 --seed 99"))
            let silent = try await place.check(
                ["--annotations", "none"], environment: ["GITHUB_ACTIONS": "true"])
            #expect(!silent.output.contains("::"))
        }

        @Test("GitLab's code quality report has an issue for each failure, with a fingerprint that lasts")
        func gitlab() async throws {
            struct Issue: Decodable, Equatable {
                struct Location: Decodable, Equatable {
                    struct Lines: Decodable, Equatable { var begin: Int }
                    var path: String
                    var lines: Lines
                }
                var description, check_name, fingerprint, severity: String
                var location: Location
            }
            let (place, _) = try await Self.mixed("--code-quality", "q.json")
            func issues() throws -> [Issue] {
                try JSONDecoder().decode(
                    [Issue].self, from: Data(contentsOf: URL(fileURLWithPath: place.scratch.path + "/q.json"))
                )
            }
            let first = try issues()
            #expect(first.map(\.severity) == ["critical", "critical", "major"])
            #expect(first.allSatisfy { $0.location.path == place.file })
            #expect(Set(first.map(\.fingerprint)).count == 3)
            _ = try await place.check(["--code-quality", "q.json", "--paths", "65536", "--seed", "98"])
            #expect(try issues().map(\.fingerprint) == first.map(\.fingerprint))
            #expect(try issues() != first)
        }
    }
}
