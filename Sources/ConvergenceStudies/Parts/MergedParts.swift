/// The study that part files make up together: what the command `merge` reads.
package struct MergedParts: Sendable {
    package let study: Study
    /// All of its blocks.
    package let part: StudyPart

    /// - Parameter paths: At least one.
    /// - Throws: `PartRefusals` with what is wrong with each of them, or with all together.
    package init(paths: [String]) throws(PartRefusals) {
        var reader = PartReader()
        for path in paths { reader.add(path) }
        (study, part) = try reader.whole()
    }
}

/// Why part files cannot be merged: for each that is wrong a line that begins with its name.
package struct PartRefusals: Error, Equatable, CustomStringConvertible {
    package internal(set) var lines: [String] = []

    package var description: String { lines.joined(separator: "\n") }
}

/// Goes on after a file that is wrong, to say of every one what is.
private struct PartReader {
    /// Of the first part whose study can be read; the others have to be of the same.
    private var study: Study?
    private var blank: BlockSums?
    private var merge: PartMerge?
    private var refusals = PartRefusals()

    mutating func add(_ path: String) {
        do {
            try read(path)
        } catch let error as PartMergeError {
            refusals.lines.append("\(error)")
        } catch let error as PartFileError {
            refusals.lines.append("\(path): \(error); \(error.remedy)")
        } catch let error as StudyFileError {
            refusals.lines.append("\(path): its study cannot be read any more: \(error)")
        } catch {
            refusals.lines.append("\(path): \(error)")
        }
    }

    private mutating func read(_ path: String) throws {
        let bytes = try PartFile.read(path: path)
        let study = try self.study ?? PartFile.study(bytes)
        self.study = study
        let blank = try self.blank ?? BlockSums(of: study)
        self.blank = blank
        var merge = merge ?? PartMerge(study)
        try merge.add(PartFile.decode(bytes, study: study, blank: blank), name: path)
        self.merge = merge
    }

    func whole() throws(PartRefusals) -> (Study, StudyPart) {
        guard refusals.lines.isEmpty, let study, let merge else { throw refusals }
        do {
            return (study, try merge.finished())
        } catch {
            throw PartRefusals(lines: ["\(error)"])
        }
    }
}
