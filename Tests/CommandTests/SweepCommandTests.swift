import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    @Suite("Sweeps on the command line")
    struct SweepCommandTests {
        static let text =
            SmallStudy.text + """
                sweep: {mu: [0.08, 0.1]}
                expect: [{at: {mu: 0.1}, measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.45}]

                """

        @Test("run every point, and put them together in tables, figures and a page")
        func run() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.text)
            let outcome = try await Tool.run("run", file, "--out", scratch.path, "--quiet")
            #expect([0, 2].contains(outcome.code), "\(outcome.errors)")
            for point in ["small.mu_0.08", "small.mu_0.1"] {
                let data = try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(point)/result.json"))
                #expect(try ResultSchema().problems(data).isEmpty)
            }
            let whole = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: scratch.path + "/small/result.json")))
            let json = try #require(whole as? [String: Any])
            let rows = try #require(json["rows"] as? [[String: Any]])
            #expect((json["points"] as? [Any])?.count == 2)
            #expect(Set(rows.compactMap { ($0["point"] as? [String: Double])?["mu"] }) == [0.08, 0.1])
            for name in ["rows.csv", "orders.csv", "scalars.csv"] {
                let lines = try String(contentsOfFile: scratch.path + "/small/" + name, encoding: .utf8)
                    .split(separator: "\n")
                #expect(
                    lines[0].hasPrefix("mu,study,")
                        && Set(lines.dropFirst().map { $0.prefix { $0 != "," } }) == ["0.08", "0.1"])
            }
            let page = try String(contentsOfFile: scratch.path + "/small/report.html", encoding: .utf8)
            #expect(
                page.contains("<svg") && page.contains("../small.mu_0.08/report.html")
                    && page.contains("2 points of a sweep"))
            let figure = try String(
                contentsOfFile: scratch.path + "/small/sweep-firing-rate.svg", encoding: .utf8)
            #expect(figure.contains("euler-maruyama h = 1/4") && figure.contains(">mu<"))
        }

        @Test("what an earlier sweep of the name has left is no part of another")
        func leftOvers() async throws {
            let scratch = try Scratch()
            func rows(_ text: String) async throws -> [Substring] {
                let file = try scratch.file("s.yaml", text)
                let outcome = try await Tool.run("run", file, "--out", scratch.path, "--quiet")
                #expect([0, 2].contains(outcome.code), "\(outcome.errors)")
                return try String(contentsOfFile: scratch.path + "/small/rows.csv", encoding: .utf8)
                    .split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
            }
            #expect(try await Set(rows(Self.text)) == ["0.08", "0.1"])
            // More points of the same study join it; another study's do not.
            #expect(
                try await Set(rows(Self.text.replacing("[0.08, 0.1]", with: "[0.1, 0.12]"))) == [
                    "0.08", "0.1", "0.12",
                ])
            let other = Self.text.replacing("tau_m: 20", with: "tau_m: 10").replacing(
                "[0.08, 0.1]", with: "[0.1, 0.14]")
            #expect(try await Set(rows(other)) == ["0.1", "0.14"])
        }

        @Test("shares of every point merge to the bytes of one run")
        func merged() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer + "sweep: {mu: [0.08, 0.1]}\n")
            #expect(try await Tool.run("run", file, "--out", scratch.path + "/one").code == 0)
            for index in 1...2 {
                let share = try await Tool.run(
                    "run", file, "--out", scratch.path + "/parts", "--shard", "\(index)/2")
                #expect(share.code == 0, "\(share.errors)")
            }
            for point in ["small.mu_0.08", "small.mu_0.1"] {
                let parts = (1...2).map { "\(scratch.path)/parts/\(point)/shard-\($0)-of-2.part" }
                let merged = try await Tool.run(
                    ["merge"] + parts + ["--out", "\(scratch.path)/merged/\(point)/result.json"])
                #expect(merged.code == 0, "\(merged.errors)")
                try SmallStudy.expectSame(
                    "\(scratch.path)/merged/\(point)", as: "\(scratch.path)/one/\(point)")
            }
            let one = try String(contentsOfFile: scratch.path + "/one/small/rows.csv", encoding: .utf8)
            #expect(
                try one == String(contentsOfFile: scratch.path + "/merged/small/rows.csv", encoding: .utf8))
        }

        @Test("a check judges every point, and each has a baseline of its own")
        func check() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", Self.text)
            let arguments = [
                "check", file, "--out", scratch.path + "/out", "--baseline", scratch.path + "/base",
            ]
            let first = try await Tool.run(arguments)
            #expect(
                first.output.contains("small.mu_0.08") && first.output.contains("small.mu_0.1"),
                "\(first.errors)")
            let accepted = try await Tool.shell(
                "CI= $tool accept --case 'small.*' --out '\(scratch.path)/out' --baseline '\(scratch.path)/base'"
            )
            #expect(accepted.code == 0, "\(accepted.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/base").count == 2)
            let again = try await Tool.run(arguments + ["--require-baseline"])
            #expect([0, 2].contains(again.code) && !again.output.contains("no baseline"), "\(again.output)")
        }
    }
}
