import ConvergenceStudies
import Foundation
import Testing

extension CommandLineTests {
    @Suite("Running a recurrent network")
    struct RecurrentCommandTests {
        static let text = """
            study: loop
            problem:
              parameters: {mu: 0.1, t_ref: 2}
              topology: {recurrent: {populations: {E: {size: 3}, I: {size: 1}}, edges: edges.csv}}
              inputs: [{to: E, poisson: {rate: 0.2, height: 0.02}}]
              duration: 20
            integrators: [euler-maruyama, exact-propagator+hermite]
            steps: [0.5, 0.25]
            measures: [strong-final, {weak: spike-count}, spike-times]
            sampling: {paths: 64}

            """

        @Test("populations have rows of their own, and the edges beside the study are used")
        func endToEnd() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.text)
            let edges = "source,target,weight,delay,synapse\n0,1,0.02,1.5,current\n1,3,0.3,0,delta\n"
            _ = try scratch.file("edges.csv", edges + "3,0,-0.05,0,current\n")
            let first = try await run(file, scratch)
            #expect(Set(first.rows.map(\.case)) == ["network", "E", "I"])
            #expect(first.rows.allSatisfy { $0.value?.isFinite ?? true })
            // A different list is a different study.
            _ = try scratch.file("edges.csv", edges)
            let second = try await run(file, scratch)
            #expect(second.header.studyText == first.header.studyText)
            #expect(second.header.studyHash != first.header.studyHash)
            #expect(second.rows != first.rows)
        }

        @Test("a wrong edge ends in file and line, and the exit code of wrong usage")
        func wrongEdge() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.text)
            let edges = try scratch.file("edges.csv", "source,target,weight\n0,4,0.02\n")
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 64)
            #expect(outcome.errors.hasPrefix("\(edges):2: target is \"4\""), "\(outcome.errors)")
        }

        private func run(_ file: String, _ scratch: Scratch) async throws -> StudyResult {
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let result = URL(fileURLWithPath: scratch.path + "/out/loop/result.json")
            return try JSONDecoder().decode(StudyResult.self, from: Data(contentsOf: result))
        }
    }
}
