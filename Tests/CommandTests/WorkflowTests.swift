import ConvergenceStudies
import Foundation
import TestSupport
import Testing
import Yams

extension CommandLineTests {
    /// The workflows of the article on continuous integration, run as far as a shell can: their own lines, with stand-ins for
    /// what installs and builds.
    @Suite("Workflows of the documentation")
    struct WorkflowTests {
        @Test("GitHub's workflow", arguments: [false, true])
        func github(isBroken: Bool) async throws {
            let workflow = try #require(try Self.block(containing: "runs-on") as? [String: Any])
            let jobs = try #require(workflow["jobs"] as? [String: [String: Any]])
            let steps = try #require(jobs["spikeverify"]?["steps"] as? [[String: Any]])
            let project = try Project(isBroken: isBroken)
            let path = try project.scratch.file("github_path", "")
            let summary = try project.scratch.file("summary.md", "")
            var environment = [
                "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_PATH": path, "GITHUB_STEP_SUMMARY": summary,
                "RUNNER_TEMP": project.scratch.path + "/temp",
            ]
            environment.merge(try #require(workflow["env"] as? [String: String])) { $1 }
            var codes: [Int32?] = []
            for script in steps.compactMap({ $0["run"] as? String }) {
                codes.append(try await project.shell(script, environment: environment, path: path).code)
            }
            #expect(codes == [0, isBroken ? 1 : 0])
            #expect(try String(contentsOfFile: summary, encoding: .utf8).contains(isBroken ? "❌" : "✅"))
            let upload = try #require(steps.last?["with"] as? [String: String])
            #expect(try project.missing(try #require(upload["path"])).isEmpty)
        }

        @Test("GitLab's job", arguments: [false, true])
        func gitlab(isBroken: Bool) async throws {
            let file = try #require(try Self.block(containing: "before_script") as? [String: Any])
            let job = try #require(file["accuracy"] as? [String: Any])
            let lines = try ["before_script", "script"].flatMap { try #require(job[$0] as? [String]) }
            let project = try Project(isBroken: isBroken)
            var environment = [
                "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": project.scratch.path + "/project",
            ]
            environment.merge(try #require(file["variables"] as? [String: String])) { $1 }
            let outcome = try await project.shell(lines.joined(separator: "\n"), environment: environment)
            #expect(outcome.code == (isBroken ? 1 : 0), "\(outcome.output)\(outcome.errors)")
            let artifacts = try #require(job["artifacts"] as? [String: Any])
            let reports = try #require(artifacts["reports"] as? [String: String])
            #expect(try project.missing(reports.values.joined(separator: "\n")).isEmpty)
        }

        @Test("the article's own exit codes and options are the program's")
        func options() async throws {
            let help = try await Tool.run("check", "--help").output
            for option in ["--require-baseline", "--junit", "--summary", "--code-quality", "--annotations"] {
                #expect(try Self.article().contains("`\(option)") && help.contains(option), "\(option)")
            }
        }

        /// A project with a study and its baseline, and a shell in which nothing is installed really.
        private struct Project {
            let scratch: Scratch

            /// - Parameter isBroken: Whether its study expects an order that no integrator has.
            init(isBroken: Bool) throws {
                scratch = try Scratch()
                for folder in ["project/convergence", "bin", "temp"] {
                    try FileManager.default.createDirectory(
                        atPath: scratch.path + "/" + folder, withIntermediateDirectories: true)
                }
                let expectation =
                    "expect: [{measure: strong-final, integrator: euler-maruyama, order: \(isBroken ? 3 : 1), tolerance: 0.2}]\n"
                _ = try scratch.file(
                    "project/convergence/small.yaml",
                    SmallStudy.silent + expectation)
                // The last argument of both is where the clone goes: git makes the folder, swift puts the program there.
                let build =
                    "mkdir -p \"$last/.build/release\" && ln -sf '\(Tool.path)' \"$last/.build/release/spikeverify\""
                try stub("git", "mkdir \"$last\"")
                try stub("swift", build)
                try stub("apt-get", "true")
            }

            private func stub(_ name: String, _ action: String) throws {
                let file = try scratch.file("bin/\(name)", "#!/bin/sh\nfor last; do :; done\n\(action)\n")
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
            }

            /// - Parameter path: A file with folders for the search path, as steps on GitHub have it.
            func shell(_ script: String, environment: [String: String], path: String? = nil) async throws
                -> Tool.Outcome
            {
                let added = try path.map { try String(contentsOfFile: $0, encoding: .utf8) } ?? ""
                let folders = added.split(separator: "\n").map { "\($0):" }.joined()
                // Baselines are made before, by hand: CI has none of its own.
                let prepare =
                    "test -e reports/baselines/small.json || { '\(Tool.path)' check convergence >/dev/null 2>&1; "
                    + "CI= '\(Tool.path)' accept --case '*' >/dev/null; rm -rf reports/small; }\n"
                let search = "\(folders)\(scratch.path)/bin:/usr/local/bin:/usr/bin:/bin"
                return try await Tool.run(
                    .path("/bin/sh"), ["-c", "(\(prepare))\nset -e\n" + script],
                    environment: environment.merging(["PATH": search]) { $1 }, in: scratch.path + "/project")
            }

            /// Patterns, a line each, that no file of the project matches.
            func missing(_ patterns: String) throws -> [String] {
                patterns.split(separator: "\n").map(String.init).filter { pattern in
                    !scratch.content.contains { fnmatch("project/" + pattern, $0, FNM_PATHNAME) == 0 }
                }
            }
        }

        private static func article() throws -> String {
            try String(
                contentsOfFile: Repository.folder.path
                    + "/Sources/ConvergenceStudies/Documentation.docc/ContinuousIntegration.md",
                encoding: .utf8)
        }

        /// The YAML block with a certain word.
        private static func block(containing word: String) throws -> Any? {
            let blocks = try article().split(separator: "```yaml\n").dropFirst().map {
                $0.split(separator: "```")[0]
            }
            let block = try #require(blocks.first { $0.contains(word) })
            return try Yams.load(yaml: String(block))
        }
    }
}
