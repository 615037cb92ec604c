import ConvergenceStudies
import Foundation

/// The part file of a run: `run.part`, or `shard-2-of-4.part`, in the directory of its study.
///
/// No two runs can have the same one at the same time.
final class PartStore: Sendable {
    let study: Study
    let shard: Shard
    let directory: String
    let path: String
    /// What was on disk when the run began, or a part without anything.
    let part: StudyPart
    private let lock: FileLock

    /// - Parameter directory: Must be there.
    /// - Throws: `ExistingPart`, `FileLock.Held`, `OutputError`; `StudyPlanError` and `GSLError` where the study cannot be
    ///   run at all.
    init(_ study: Study, shard: Shard, directory: String, resume: Bool) throws {
        (self.study, self.shard, self.directory) = (study, shard, directory)
        let name = shard.isWhole ? "run.part" : "shard-\(shard.index)-of-\(shard.count).part"
        path = "\(directory)/\(name)"
        lock = try FileLock(path)
        let fresh = StudyPart(study, shard: shard)
        guard FileManager.default.fileExists(atPath: path) else {
            part = fresh
            return
        }
        do {
            let bytes = try PartFile.read(path: path)
            if resume {
                part = try PartFile.decode(bytes, study: study)
                if part.blocks != fresh.blocks { throw PartFileError.foreign("of other blocks") }
            } else {
                try Self.refuse(try PartFile.header(bytes), at: path, shard: shard)
                part = fresh
            }
        } catch let error as PartFileError {
            throw ExistingPart(path: path, reason: "\(error)", remedy: "delete it to begin anew")
        }
    }

    /// What is in no report yet is never overwritten.
    private static func refuse(_ header: PartFile.Header, at path: String, shard: Shard) throws(ExistingPart)
    {
        if header.isComplete && shard.isWhole { return }
        throw ExistingPart(
            path: path,
            reason: "has \(header.sampledPaths) of \(header.paths) paths of an earlier run",
            remedy: "go on with it by adding --resume, or delete it to begin anew")
    }

    /// The file is locked, so one temporary name will do, and one that was left behind by a killed run is used again.
    func save(_ part: StudyPart) throws(OutputError) {
        try AtomicFile.write(PartFile.encode(part, study: study), to: path, temporary: "tmp")
    }

    /// Lets other runs have the part.  What still holds a store when its command ends would keep it locked.
    func release() { lock.release() }

    /// How much of the part is kept on disk; nil where nothing is.
    var kept: String? {
        guard let header = try? PartFile.header(PartFile.read(path: path)) else { return nil }
        return "\(header.sampledPaths) of \(header.paths) paths are kept in \(path)"
    }
}

/// A part file that a run will neither continue nor overwrite.
struct ExistingPart: Error, CustomStringConvertible {
    var path: String
    var reason: String
    var remedy: String

    var description: String { "\(path): \(reason); \(remedy)" }
}
