import Foundation
import Testing

extension CommandLineTests {
    @Suite("Audit on the command line")
    struct AuditCommandTests {
        /// 75 Hz by Siegert's formula.
        static func text(_ values: [Double], paths: Int = 512) -> String {
            """
            study: neuron
            problem:
              model: white-noise-lif
              parameters: {mu: 0.1, sigma: 0.0948683}
              initial: {stationary: 50}
              duration: 64
            integrators: [euler-maruyama]
            steps: [0.5, 0.25]
            measures: [{weak: firing-rate}]
            sampling: {paths: \(paths)}
            published:
            \(values.map { "  - {quantity: firing-rate, value: \($0), unit: Hz, h: 0.5, integrator: euler-maruyama, source: \"Fig <1>\"}" }.joined(separator: "\n"))

            """
        }

        @Test(
            "has the exit code of its worst verdict",
            arguments: [
                ([75.3], 4096, 0, "holds"), ([75.3, 79.1], 4096, 1, "shifts"),
                ([75.3, 76.8], 64, 2, "unresolved"),
            ])
        func codes(_ values: [Double], _ paths: Int, _ code: Int32, _ verdict: String) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("a.yaml", Self.text(values, paths: paths))
            let outcome = try await Tool.run("audit", file, "--out", scratch.path)
            #expect(
                outcome.code == code && outcome.output.contains("\(verdict): firing-rate, neuron"),
                "\(outcome)")
            let data = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/audit.json"))
            let entries = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
            #expect(entries.count == values.count && entries.contains { $0["verdict"] as? String == verdict })
            let keys: Set = [
                "model", "quantity", "case", "unit", "published", "at_step", "limit", "order",
                "shift_percent", "verdict",
            ]
            for entry in entries {
                #expect(keys.isSubset(of: entry.keys))
                let step = try #require(entry["at_step"] as? [String: Any])
                #expect(
                    Set(["h", "integrator", "value", "std_error"]).isSubset(of: step.keys)
                        && step["h"] as? Double == 0.5)
                #expect((entry["limit"] as? [String: Any])?["value"] is Double)
            }
            let page = try String(contentsOfFile: scratch.path + "/audit.html", encoding: .utf8)
            #expect(page.contains("<svg") && page.contains("Fig &lt;1&gt;") && !page.contains("Fig <1>"))
            #expect(FileManager.default.fileExists(atPath: scratch.path + "/neuron/result.json"))
        }

        @Test("a study without published numbers is told how to have them")
        func nothing() async throws {
            let scratch = try Scratch()
            let text = Self.text([]).replacing("published:\n", with: "")
            let outcome = try await Tool.run("audit", try scratch.file("a.yaml", text), "--out", scratch.path)
            #expect(outcome.code == 64 && outcome.errors.contains("published: [{quantity: firing-rate"))
        }
    }
}
