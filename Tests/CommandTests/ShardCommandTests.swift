import Foundation
import Testing
import spikeverify

extension CommandLineTests {
    @Suite("Shards and their merge")
    struct ShardCommandTests {
        @Test("merged shards are the one-machine run, byte for byte", arguments: [2, 3])
        func merged(count: Int) async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            #expect(try await Tool.run("run", file, "--out", scratch.path + "/one").code == 0)
            var parts: [String] = []
            for index in (1...count).reversed() {
                let outcome = try await Tool.run(
                    "run", file, "--out", scratch.path + "/parts", "--shard", "\(index)/\(count)",
                    "--threads",
                    "\(index)")
                let part = scratch.path + "/parts/small/shard-\(index)-of-\(count).part"
                #expect(outcome.code == 0 && outcome.output == "part: \(part)\n", "\(outcome.errors)")
                parts.append(part)
            }
            let merged = try await Tool.run(
                ["merge"] + parts + ["--out", scratch.path + "/merged/all.json"])
            #expect(merged.code == 0, "\(merged.errors)")
            try SmallStudy.expectSame(
                scratch.path + "/merged", resultName: "all.json", as: scratch.path + "/one/small")
        }

        /// Three shards of one study, and what else can be merged by mistake.
        private func shards(_ scratch: Scratch) async throws -> [String] {
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            for index in 1...3 {
                let outcome = try await Tool.run("run", file, "--out", scratch.path, "--shard", "\(index)/3")
                #expect(outcome.code == 0, "\(outcome.errors)")
            }
            return (1...3).map { scratch.path + "/small/shard-\($0)-of-3.part" }
        }

        @Test("what does not belong together is refused by name, and nothing is written")
        func refusals() async throws {
            let scratch = try Scratch()
            let parts = try await shards(scratch)
            let out = scratch.path + "/merged/result.json"
            func expectRefusal(_ arguments: [String], _ messages: String...) async throws {
                let outcome = try await Tool.run(["merge"] + arguments + ["--out", out])
                #expect(outcome.code == 64 && outcome.output.isEmpty)
                #expect(outcome.errors.split(separator: "\n").map(String.init) == messages)
            }
            try await expectRefusal(
                [parts[0], parts[2]],
                "blocks 2-3 of 6 are in none of the parts; name those that have them, too")
            try await expectRefusal(
                parts + [parts[1]],
                "\(parts[1]): has blocks 2-3, and so has \(parts[1]); leave one of them out")
            let other = try scratch.file("t.yaml", SmallStudy.longer + "title: other\n")
            _ = try await Tool.run("run", other, "--out", scratch.path + "/other", "--shard", "2/3")
            _ = try await Tool.run(
                "run", scratch.path + "/s.yaml", "--out", scratch.path + "/seed", "--shard", "2/3", "--seed",
                "9")
            let foreign = ["other", "seed"].map { scratch.path + "/\($0)/small/shard-2-of-3.part" }
            let outcome = try await Tool.run(["merge", parts[0]] + foreign + [parts[2], "--out", out])
            let lines = outcome.errors.split(separator: "\n")
            #expect(outcome.code == 64 && lines.count == 2)
            #expect(lines[0].hasPrefix("\(foreign[0]): is of another text of the study (hash "))
            #expect(lines[1].hasPrefix("\(foreign[1]): is of seed 9, not 1; merge parts of one study only"))

            let bytes = try Data(contentsOf: URL(fileURLWithPath: parts[1]))
            let broken = scratch.path + "/broken.part"
            for count in [0, 1, 30, 200, bytes.count / 2, bytes.count - 1] {
                try bytes.prefix(count).write(to: URL(fileURLWithPath: broken))
                let outcome = try await Tool.run(["merge", parts[0], broken, parts[2], "--out", out])
                #expect(outcome.code == 64)
                #expect(outcome.errors.hasPrefix("\(broken): is cut short: it has \(count) bytes"))
            }
            try await expectRefusal(
                [scratch.path + "/s.yaml"],
                "\(scratch.path)/s.yaml: is no part file; name files that `spikeverify run --shard` has written"
            )
            try await expectRefusal(
                [scratch.path + "/none"],
                "\(scratch.path)/none: cannot be opened: No such file or directory; "
                    + "name files that `spikeverify run --shard` has written")
            #expect(!FileManager.default.fileExists(atPath: scratch.path + "/merged"))
        }

        @Test("a shard is not overwritten; with --resume it is kept as it is")
        func existing() async throws {
            let scratch = try Scratch()
            let part = try await shards(scratch)[0]
            let before = try Data(contentsOf: URL(fileURLWithPath: part))
            let arguments = ["run", scratch.path + "/s.yaml", "--out", scratch.path, "--shard", "1/3"]
            let refused = try await Tool.run(arguments)
            #expect(
                refused.code == 64
                    && refused.errors.hasPrefix("\(part): has 2048 of 2048 paths of an earlier run; "))
            #expect(try await Tool.run(arguments + ["--resume"]).code == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: part)) == before)
            let other = try await Tool.run(arguments + ["--resume", "--seed", "9"])
            #expect(
                other.code == 64 && other.errors == "\(part): is of seed 1, not 9; delete it to begin anew\n")
            #expect(try Data(contentsOf: URL(fileURLWithPath: part)) == before)
        }

        @Test("a shard that is killed and run again changes nothing")
        func killed() async throws {
            let scratch = try Scratch()
            let parts = try await shards(scratch)
            let result = "/merged/result.json"
            #expect(try await Tool.run(["merge"] + parts + ["--out", scratch.path + result]).code == 0)
            let again = scratch.path + "/again"
            let arguments = [
                "run", scratch.path + "/s.yaml", "--out", again, "--threads", "1", "--shard", "2/3",
            ]
            let part = again + "/small/shard-2-of-3.part"
            _ = try await Tool.run(arguments, signal: .kill) { try await Tool.wait(for: part) }
            #expect(try await Tool.run(arguments + ["--resume"]).code == 0)
            let merge = ["merge", parts[0], part, parts[2], "--out", again + result]
            #expect(try await Tool.run(merge).code == 0)
            try SmallStudy.expectSame(again + "/merged", as: scratch.path + "/merged")
        }

        @Test("more shards than blocks are refused before any of them runs")
        func tooMany() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", SmallStudy.longer)
            let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out", "--shard", "1/7")
            #expect(outcome.code == 64)
            #expect(
                outcome.errors == "small: has 6 blocks of 1024 paths, too few for 7 shards; use at most 6\n")
            #expect(scratch.content == ["s.yaml"])
        }

        @Test("edges beside the study are found again, or asked for")
        func edges() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("s.yaml", RecurrentCommandTests.text)
            let edges = try scratch.file("edges.csv", "source,target,weight\n0,1,0.02\n")
            let part = scratch.path + "/loop/run.part"
            #expect(try await Tool.run("run", file, "--out", scratch.path).code == 0)
            let merge = ["merge", part, "--out", scratch.path + "/merged/result.json"]
            #expect(try await Tool.run(merge).code == 0)
            _ = try scratch.file("edges.csv", "source,target,weight\n0,1,0.03\n")
            let changed = try await Tool.run(merge)
            #expect(
                changed.code == 64 && changed.errors.hasPrefix("\(part): is of another text of the study"))
            try FileManager.default.removeItem(atPath: edges)
            let missing = try await Tool.run(merge)
            #expect(missing.code == 64 && missing.errors.contains(edges), "\(missing.errors)")
        }
    }
}
