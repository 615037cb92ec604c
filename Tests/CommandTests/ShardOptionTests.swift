import ArgumentParser
import ConvergenceStudies
import Testing
import spikeverify

extension CommandLineTests {
    @Suite("Which shard: said, or from the environment")
    struct ShardOptionTests {
        static let slurm = [
            "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "4",
        ]
        static let shards: [(String?, [String: String], Int, Int)] = [
            (nil, [:], 1, 1), ("2/4", [:], 2, 4), (nil, slurm, 3, 4), ("2/9", slurm, 2, 9),
            ("/3", slurm, 3, 3),
            (nil, slurm.merging(["SLURM_ARRAY_TASK_STEP": "2"]) { $1 }, 2, 4),
            (nil, ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "3"], 1, 3),
            ("/8", ["JOB_COMPLETION_INDEX": "7"], 8, 8), ("1/1", slurm, 1, 1),
        ]

        @Test(arguments: shards)
        func shard(_ option: String?, _ environment: [String: String], index: Int, count: Int) throws {
            #expect(
                try ShardOption.shard(option, environment: environment) == Shard(index: index, count: count))
        }

        static let refused: [(String?, [String: String])] = [
            ("0/4", [:]), ("5/4", [:]), ("4", [:]), ("a/b", [:]), ("1/2/3", [:]), ("-1/4", [:]), ("1/0", [:]),
            ("/4", [:]), (nil, ["JOB_COMPLETION_INDEX": "2"]), ("/2", ["JOB_COMPLETION_INDEX": "2"]),
            (nil, ["OMPI_COMM_WORLD_RANK": "x", "OMPI_COMM_WORLD_SIZE": "3"]),
            // A list with holes, such as --array=1,5,7.
            (nil, ["SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "3"]),
            (nil, slurm.merging(["SLURM_ARRAY_TASK_STEP": "3"]) { $1 }),
            (nil, slurm.merging(["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "3"]) { $1 }),
        ]

        @Test(arguments: refused)
        func refusal(_ option: String?, _ environment: [String: String]) {
            #expect(throws: ValidationError.self) {
                try ShardOption.shard(option, environment: environment)
            }
        }

        @Test("the command to go on with can be pasted into a shell")
        func resume() {
            #expect(
                ResumeCommand.text(["spikeverify", "run", "it's.yaml", "--seed", "2"])
                    == #"spikeverify run 'it'\''s.yaml' --seed 2 --resume"#)
            #expect(
                ResumeCommand.text(["spikeverify", "run", "a.yaml", "--resume"]).hasSuffix("a.yaml --resume"))
        }
    }
}
