import Foundation
import Testing

extension CommandLineTests {
    @Suite("Judging a table on the command line")
    struct JudgeCommandTests {
        /// Errors of order 1, with a scatter of 1 % from path to path.
        static var csv: String {
            var lines = ["path,h,error"]
            for path in 0..<64 {
                for h in [0.5, 0.25, 0.125] {
                    lines.append("\(path),\(h),\(h * (1 + 0.01 * Double(path % 8)))")
                }
            }
            return lines.joined(separator: "\n") + "\n"
        }

        @Test("says the order, and has the exit code of its verdict", arguments: [(1.0, 0), (0.5, 1)])
        func verdict(_ order: Double, _ code: Int32) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("t.csv", Self.csv)
            let outcome = try await Tool.run(
                "judge", file, "--order", "\(order)", "--tolerance", "0.1", "--format", "json")
            #expect(outcome.code == code)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect(abs((found["order"] as? Double ?? 0) - 1) < 1e-6)
            #expect(found["verdict"] as? String == (code == 0 ? "pass" : "fail"))
            let levels = try #require(found["levels"] as? [[String: Any]])
            #expect(levels.count == 3 && levels[0]["resolved"] as? Bool == true)
            for key in ["h", "value", "std_error", "ci_low", "ci_high", "resolved"] {
                #expect(levels[0][key] != nil)
            }
            for key in ["ci_low", "ci_high", "local_orders", "asymptotic"] { #expect(found[key] != nil) }
        }

        @Test("text for people, and errors with the line")
        func text() async throws {
            let scratch = try Scratch()
            let outcome = try await Tool.run("judge", try scratch.file("t.csv", Self.csv))
            #expect(
                outcome.code == 0 && outcome.output.contains("order 1.00") && outcome.output.contains("1/8"))
            let wrong = try await Tool.run(
                "judge", try scratch.file("w.csv", "path,h,error\n1,0.5,\u{1b}[31mx\n"))
            #expect(wrong.code == 64 && wrong.errors.contains("w.csv:2") && !wrong.errors.contains("\u{1b}"))
            let missing = try await Tool.run("judge", scratch.path + "/none.csv")
            #expect(missing.code == 64 && missing.errors.contains("is not there"))
            let lone = try await Tool.run("judge", try scratch.file("t.csv", Self.csv), "--order", "1")
            #expect(lone.code == 64)
        }
    }
}
