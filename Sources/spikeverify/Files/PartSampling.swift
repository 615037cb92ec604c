import ArgumentParser
import ConvergenceStudies

/// Sampling into a part file, for every command that can be stopped and gone on with.
extension PartStore {
    /// Makes sure, before anything runs, that everything can be written and nothing is lost by it.
    ///
    /// - Parameters:
    ///   - out: The directory of the studies' own directories.
    ///   - prepareOthers: The same for whatever else the command writes.
    /// - Throws: `ExitCode`, after saying why.
    static func prepared(
        _ studies: [Study], shard: Shard = .whole, out: String, resume: Bool,
        prepareOthers: () throws -> Void = {}
    ) throws(ExitCode) -> [PartStore] {
        do {
            try prepareOthers()
            return try studies.map { study in
                try shard.check(study)
                let directory = "\(out)/\(study.name)"
                try OutputDirectory.prepare(directory)
                return try PartStore(study, shard: shard, directory: directory, resume: resume)
            }
        } catch {
            StandardError.print("\(error)")
            let isUsage =
                error is ExistingPart || error is ShardError || (error as? OutputError)?.isOfTheDisk == false
            throw isUsage ? .usage : .failedRun
        }
    }

    /// Says why the study is not finished, what is kept of it, and how to go on.
    func explainStop(_ reason: String) {
        StandardError.print("\(study.name): \(reason)")
        guard let kept else { return }
        StandardError.print("\(kept); go on with: \(ResumeCommand.text(CommandLine.arguments))")
    }
}
