import Foundation
import Testing

extension CommandLineTests {
    @Suite("Comparing trains on the command line")
    struct CompareCommandTests {
        /// Clocks of this period, each trial with a phase of its own.
        static func csv(_ period: Double) -> String {
            var lines = ["trial,neuron,time"]
            for trial in 0..<20 {
                for neuron in 0..<3 {
                    var time = Double((trial * 7 + neuron * 3) % 10) + 0.1 * Double(trial)
                    while time < 500 {
                        lines.append("\(trial),\(neuron),\(time)")
                        time += period
                    }
                }
            }
            return lines.joined(separator: "\n") + "\n"
        }

        @Test("different is exit code 1, not different 0, and JSON has all keys")
        func codes() async throws {
            let scratch = try Scratch()
            let (a, b) = (try scratch.file("a.csv", Self.csv(20)), try scratch.file("b.csv", Self.csv(25)))
            let same = try await Tool.run("compare", a, a, "--duration", "500")
            #expect(same.code == 0 && same.output.contains("not-different"))
            let other = try await Tool.run("compare", a, b, "--duration", "500", "--format", "json")
            #expect(other.code == 1)
            let entries = try #require(
                try JSONSerialization.jsonObject(with: Data(other.output.utf8)) as? [[String: Any]])
            #expect(
                entries.first { $0["statistic"] as? String == "firing-rate" }?["verdict"] as? String
                    == "different")
            for key in ["statistic", "a", "b", "difference", "ci_low", "ci_high", "detectable", "verdict"] {
                #expect(entries.allSatisfy { $0[key] != nil })
            }
            #expect(try await Tool.run("compare", a).code == 64)
            let missing = try await Tool.run("compare", a, scratch.path + "/none.csv")
            #expect(missing.code == 64 && missing.errors.contains("cannot be read"))
        }
    }
}
