import ArgumentParser
import ConvergenceStudies

/// Which share of a study this process is to run, said on the command line or by what started it.
package enum ShardOption {
    /// A scheduler that starts one process for each share.
    private struct Scheduler {
        /// Counts the processes, from `first`.
        var index: String
        var first: String?
        /// The distance between two of them, for those that can leave numbers out.
        var step: String?
        var count: String?
    }

    private static let schedulers = [
        Scheduler(
            index: "SLURM_ARRAY_TASK_ID", first: "SLURM_ARRAY_TASK_MIN", step: "SLURM_ARRAY_TASK_STEP",
            count: "SLURM_ARRAY_TASK_COUNT"),
        Scheduler(index: "OMPI_COMM_WORLD_RANK", count: "OMPI_COMM_WORLD_SIZE"),
        Scheduler(index: "JOB_COMPLETION_INDEX"),
    ]

    /// - Parameter option: `2/4`; `/4` where the environment has the number; nil to take both from there.
    /// - Throws: `ValidationError` where that makes no share.
    package static func shard(_ option: String?, environment: [String: String]) throws -> Shard {
        guard let option else { return try shard(count: nil, environment) ?? .whole }
        let fields = option.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count == 2, let count = Int(fields[1]) else {
            throw ValidationError(
                "--shard must be i/N, for example 2/4 for the second of four, not \(option).")
        }
        if fields[0].isEmpty {
            guard let shard = try shard(count: count, environment) else {
                let names = schedulers.map(\.index).joined(separator: ", ")
                throw ValidationError("--shard \(option) needs one of \(names) in the environment.")
            }
            return shard
        }
        guard let index = Int(fields[0]), let shard = Shard(index: index, count: count) else {
            throw ValidationError(
                "--shard must lie between 1/\(fields[1]) and \(fields[1])/\(fields[1]), not \(option).")
        }
        return shard
    }

    /// Nil where no scheduler has started this process.
    private static func shard(count: Int?, _ environment: [String: String]) throws -> Shard? {
        let present = schedulers.filter { environment[$0.index] != nil }
        guard let scheduler = present.first else { return nil }
        guard present.count == 1 else {
            let names = present.map(\.index).joined(separator: " and ")
            throw ValidationError(
                "\(names) both number this process; say which share it has with --shard i/N.")
        }
        func number(_ name: String?, default fallback: Int?) throws -> Int? {
            guard let name, let text = environment[name] else { return fallback }
            guard let value = Int(text) else {
                throw ValidationError("\(name) is \"\(text)\", which is no whole number; give --shard i/N.")
            }
            return value
        }
        let id = try number(scheduler.index, default: nil)!
        guard let count = try count ?? number(scheduler.count, default: nil) else {
            throw ValidationError(
                "\(scheduler.index) is \(id), but nothing says of how many; give --shard /N, or 1/1 for all.")
        }
        let (offset, step) = try (
            id - number(scheduler.first, default: 0)!, number(scheduler.step, default: 1)!
        )
        guard step > 0, offset >= 0, offset % step == 0,
            let shard = Shard(index: offset / step + 1, count: count)
        else {
            throw ValidationError(
                "\(scheduler.index) is \(id), which is none of \(count) consecutive numbers; give --shard i/N."
            )
        }
        return shard
    }
}
