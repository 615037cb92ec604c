import Foundation

/// A part of a study as bytes.
///
/// A part file has four sections:
/// 1. the line `spikeverify-part 3`, with the version of the format;
/// 2. a line of JSON, a `Header`;
/// 3. for every node of the fold its level and index and the properties of its sums, and for every block under way its number, how
///    many of its paths are done, and its sums, as little-endian 64-bit numbers;
/// 4. FNV-1a 64 of all that, 8 bytes.
///
/// It is always written whole and then renamed, so one that is cut short was not left behind by a run that was killed.
/// With n blocks it has at most 2 log₂ n nodes, a few tens of kilobytes each for one neuron; where spike times are
/// measured, up to 250 000 crossings of 32 bytes come on top, in all nodes together.
package enum PartFile {
    package static let formatVersion = 3
    static let magic = "spikeverify-part "
    static let checksumSize = 8
    private static let largestSize = 1 << 40

    /// What can be known of a part without its sums.
    package struct Header: Codable, Equatable, Sendable {
        package var identity: StudyIdentity
        /// The study file, word for word.
        package var studyText: String
        /// Its absolute path; files that it names lie beside it.
        package var studyFile: String
        /// The blocks the part is to have in the end, and those it has, as first and one past the last.
        package var blocks: [Int]
        package var sampled: [[Int]]
        /// Blocks under way, each with the number of its paths that are done.
        package var partial: [[Int]]
        var nodes: Int
        var secondsOfWork: [Double]
        var seconds: Double
        /// The size of the third section.
        var bodyBytes: Int

        package var blockCount: Int { blocks[1] - blocks[0] }
        package var sampledCount: Int { sampled.reduce(0) { $0 + $1[1] - $1[0] } }
        /// Whether all its blocks are there.
        package var isComplete: Bool { sampledCount == blockCount }
        package var paths: Int { identity.paths(in: blocks[0]..<blocks[1]) }
        package var sampledPaths: Int {
            sampled.reduce(0) { $0 + identity.paths(in: $1[0]..<$1[1]) } + partial.reduce(0) { $0 + $1[1] }
        }

        enum CodingKeys: String, CodingKey {
            case identity, blocks, sampled, partial, nodes, seconds
            case studyText = "study_text"
            case studyFile = "study_file"
            case secondsOfWork = "seconds_of_work"
            case bodyBytes = "body_bytes"
        }
    }

    /// - Parameter study: The study that the part is of.
    package static func encode(_ part: StudyPart, study: Study) -> [UInt8] {
        var writer = ArchiveWriter()
        for var node in part.fold.nodes { writer.write(&node) }
        for var block in part.partial { writer.write(&block) }
        let header = Header(
            identity: part.identity, studyText: study.text,
            studyFile: URL(fileURLWithPath: study.file).standardizedFileURL.path,
            blocks: [part.blocks.lowerBound, part.blocks.upperBound],
            sampled: part.fold.blocks.map { [$0.lowerBound, $0.upperBound] },
            partial: part.partial.map { [$0.block, $0.paths] }, nodes: part.fold.nodes.count,
            secondsOfWork: part.secondsOfWork, seconds: part.seconds, bodyBytes: writer.bytes.count)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(header) else { preconditionFailure("times are finite") }
        var bytes = Array("\(magic)\(formatVersion)\n".utf8)
        bytes.reserveCapacity(bytes.count + json.count + 1 + writer.bytes.count + checksumSize)
        bytes += json
        bytes.append(UInt8(ascii: "\n"))
        bytes += writer.bytes
        withUnsafeBytes(of: FNV1a.hash(bytes).littleEndian) { bytes += $0 }
        return bytes
    }

    /// The study that a part is of, made from the text in the part and the files that it names.
    ///
    /// - Throws: `PartFileError`, and `StudyFileError` where a file that the study names is no longer there.
    package static func study(_ bytes: [UInt8]) throws -> Study {
        let header = try header(bytes)
        var study = try StudyFile.parse(header.studyText, file: header.studyFile)
        study.sampling.paths = header.identity.paths
        study.sampling.seed = header.identity.seed
        return study
    }

    /// - Parameters:
    ///   - study: The study that the part must be of.
    ///   - blank: Empty sums of that study, where they are at hand: making them takes long where the reference is a law.
    /// - Throws: `PartFileError`; `StudyPlanError` and `GSLError` where the study cannot be run at all.
    package static func decode(
        _ bytes: [UInt8], study: Study, blank: BlockSums? = nil
    ) throws -> StudyPart {
        let (header, bodyStart) = try checked(bytes)
        if let difference = header.identity.difference(from: StudyIdentity(study)) {
            throw PartFileError.foreign(difference)
        }
        let blank = try blank ?? BlockSums(of: study)
        var reader = ArchiveReader(bytes[bodyStart..<bytes.count - checksumSize])
        var fold = BlockFold()
        for _ in 0..<header.nodes {
            let node = try reader.node(blank, of: header.identity.blockCount)
            // A block that is there twice would be counted twice.
            guard !fold.blocks.contains(where: node.blocks.overlaps) else { throw PartFileError.damaged }
            guard node.sums.shown.areWithin(study) else { throw PartFileError.damaged }
            fold.insert(node)
        }
        var partial: [PartialBlock] = []
        for _ in header.partial {
            let block = try reader.partialBlock(blank)
            guard !(fold.blocks + partial.map(\.blocks)).contains(where: block.blocks.overlaps),
                block.blocks.upperBound <= header.identity.blockCount, block.sums.shown.areWithin(study)
            else { throw PartFileError.damaged }
            // What is missing of a block is sampled in groups of eight.
            guard block.paths % 8 == 0, block.paths > 0,
                block.paths < header.identity.paths(in: block.blocks)
            else { throw PartFileError.damaged }
            partial.append(block)
        }
        let blocks = header.blocks[0]..<header.blocks[1]
        let part = StudyPart(
            identity: header.identity, blocks: blocks, fold: fold, partial: partial,
            secondsOfWork: header.secondsOfWork, seconds: header.seconds)
        guard reader.isAtEnd, fold.blocks.map({ [$0.lowerBound, $0.upperBound] }) == header.sampled,
            partial.map({ [$0.block, $0.paths] }) == header.partial,
            (fold.blocks + partial.map(\.blocks)).allSatisfy({
                blocks.contains($0.lowerBound) && $0.upperBound <= blocks.upperBound
            }),
            header.secondsOfWork.count == study.integrators.count * study.steps.count
        else { throw PartFileError.damaged }
        return part
    }

    /// - Throws: `PartFileError.unreadable`.
    package static func read(path: String) throws(PartFileError) -> [UInt8] {
        let file = RegularFile(
            path: path, content: "part", largestSize: largestSize,
            sizeRemedy: "", directoryRemedy: "")
        do {
            return try file.bytes()
        } catch {
            throw .unreadable(error.message)
        }
    }

    /// The header of a file whose size and checksum are right.
    package static func header(_ bytes: [UInt8]) throws(PartFileError) -> Header { try checked(bytes).header }

    private static func checked(
        _ bytes: [UInt8]
    ) throws(PartFileError) -> (header: Header, bodyStart: Int) {
        guard bytes.starts(with: magic.utf8) else {
            throw magic.utf8.starts(with: bytes) ? .cutShort(bytes.count, of: nil) : .notAPart
        }
        let newline = UInt8(ascii: "\n")
        guard let firstEnd = bytes.firstIndex(of: newline),
            let headerEnd = bytes[(firstEnd + 1)...].firstIndex(of: newline)
        else { throw .cutShort(bytes.count, of: nil) }
        let version = String(decoding: bytes[magic.utf8.count..<firstEnd], as: UTF8.self)
        guard version == "\(formatVersion)" else { throw .formatVersion(version) }
        guard
            let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[firstEnd + 1..<headerEnd])),
            header.isPlausible
        else { throw .damaged }
        let size = headerEnd + 1 + header.bodyBytes + checksumSize
        guard bytes.count >= size else { throw .cutShort(bytes.count, of: size) }
        let end = size - checksumSize
        let checksum = bytes[end...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count == size, checksum == FNV1a.hash(bytes[..<end]) else { throw .damaged }
        return (header, headerEnd + 1)
    }
}

extension PartFile.Header {
    /// Far more seconds than anybody waits, and few enough to be added up.
    private static var longestTime: Double { 1e15 }

    /// Whether its numbers can be calculated with.
    fileprivate var isPlausible: Bool {
        // A number of blocks can only be had of a number of paths that is moderate.
        identity.paths >= 0 && identity.paths <= 1 << 32 && blocks.count == 2 && blocks[0] >= 0
            && blocks[0] <= blocks[1]
            && blocks[1] <= identity.blockCount
            && sampled.allSatisfy { $0.count == 2 && $0[0] >= 0 && $0[0] <= $0[1] && $0[1] <= blocks[1] }
            && partial.allSatisfy {
                $0.count == 2 && 0..<blocks[1] ~= $0[0] && 0..<PathSampler.blockSize ~= $0[1]
            }
            && bodyBytes >= 0 && bodyBytes < 1 << 48 && nodes >= 0
            && (secondsOfWork + [seconds]).allSatisfy { 0...Self.longestTime ~= $0 }
    }
}

extension BlockFold.Node {
    fileprivate mutating func visitPlace(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("level", &level)
        try archive.property("index", &index)
    }
}

extension ArchiveWriter {
    fileprivate mutating func write(_ node: inout BlockFold.Node) {
        // Writing takes whatever is there.
        try! node.visitPlace(&self)
        try! node.sums.visit(&self)
    }

    fileprivate mutating func write(_ block: inout PartialBlock) {
        try! block.visitPlace(&self)
        try! block.sums.visit(&self)
    }
}

extension ArchiveReader {
    /// Things counted on the 1024 paths of a block; of 2^22 blocks, as many as there can be, their sums fit into 64 bits.
    private static var mostPerBlock: Int { 1 << 40 }

    /// The next node.
    ///
    /// - Parameter blank: Sums of the right shape.
    fileprivate mutating func node(
        _ blank: BlockSums, of blockCount: Int
    ) throws(PartFileError) -> BlockFold.Node {
        var node = BlockFold.Node(level: 0, index: 0, sums: blank)
        try node.visitPlace(&self)
        guard node.level <= 22, node.index < blockCount, node.blocks.upperBound <= blockCount else {
            throw .damaged
        }
        largestCount = Self.mostPerBlock << node.level
        try node.sums.visit(&self)
        largestCount = .max
        return node
    }

    /// The next block under way.
    fileprivate mutating func partialBlock(_ blank: BlockSums) throws(PartFileError) -> PartialBlock {
        var block = PartialBlock(0, sums: blank)
        try block.visitPlace(&self)
        guard block.block < 1 << 22 else { throw .damaged }
        largestCount = Self.mostPerBlock
        try block.sums.visit(&self)
        largestCount = .max
        return block
    }
}
