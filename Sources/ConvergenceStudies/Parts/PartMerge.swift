/// Puts the parts of a study together again.
package struct PartMerge: Sendable {
    private var whole: StudyPart
    /// Which file has which blocks.
    private var sources: [(name: String, blocks: Range<Int>)] = []

    package init(_ study: Study) {
        whole = StudyPart(study)
    }

    /// - Parameter name: What errors call the part.
    package mutating func add(_ part: StudyPart, name: String) throws(PartMergeError) {
        guard part.isComplete else {
            throw .unfinished(name, sampled: part.fold.count, of: part.blocks.count)
        }
        if let other = sources.first(where: { $0.blocks.overlaps(part.blocks) }) {
            throw .overlap(other.name, name, other.blocks.clamped(to: part.blocks))
        }
        sources.append((name, part.blocks))
        whole.add(part)
    }

    /// All blocks of the study.
    package func finished() throws(PartMergeError) -> StudyPart {
        guard whole.isComplete else {
            var gaps: [Range<Int>] = []
            var next = 0
            for blocks in whole.fold.blocks + [whole.blocks.upperBound..<whole.blocks.upperBound] {
                if next < blocks.lowerBound { gaps.append(next..<blocks.lowerBound) }
                next = blocks.upperBound
            }
            throw .gap(gaps, of: whole.blocks.count)
        }
        return whole
    }
}

/// Why parts do not make a whole.
package enum PartMergeError: Error, Equatable, CustomStringConvertible {
    case unfinished(String, sampled: Int, of: Int)
    case overlap(String, String, Range<Int>)
    case gap([Range<Int>], of: Int)

    package var description: String {
        switch self {
        case .unfinished(let name, let sampled, let count):
            "\(name): has only \(sampled) of its \(count) blocks; finish it with `spikeverify run … --resume`"
        case .overlap(let first, let second, let blocks):
            "\(second): has \(Self.text([blocks])), and so has \(first); leave one of them out"
        case .gap(let gaps, let count):
            "\(Self.text(gaps)) of \(count) are in none of the parts; name those that have them, too"
        }
    }

    /// Blocks are numbered from 0.
    private static func text(_ ranges: [Range<Int>]) -> String {
        let texts = ranges.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)"
        }
        return "blocks " + texts.joined(separator: ", ")
    }
}
