import Yams

/// Turns a study file's text into a tree of YAML nodes.
enum StudyFileYAML {
    /// - Throws: `StudyFileError` for text that is no YAML, is empty, or holds aliases, merge keys, tags or several documents.
    static func root(_ text: String, file: String) throws(StudyFileError) -> Node {
        do {
            try refuseAliases(text)
            if let node = try compose(yaml: text, .default, .default, .utf8), !isEmpty(node) {
                let problems = node.unsupportedParts
                guard problems.isEmpty else { throw StudyFileError(file: file, problems: problems) }
                return node
            }
        } catch let error as StudyFileError {
            throw error
        } catch let error as YamlError {
            throw StudyFileError(file: file, problems: [problem(error)])
        } catch {
            throw StudyFileError(file: file, problems: [notYAML("\(error)", line: 1, column: 1)])
        }
        throw StudyFileError(
            file: file,
            problems: [
                .init(
                    line: 1, column: 1, message: "the file holds no study",
                    remedy: "start from a copy of convergence/quickstart.yaml")
            ])
    }

    /// A document of nothing but comments, or of one `~`.
    private static func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    /// Stops at the first alias.
    ///
    /// A few aliases of aliases make a tree too large to walk, and Yams compares the keys of every mapping while it makes
    /// the tree, so it must stop at the first.  It does so, with the place, at an alias that names no anchor.  It is shown
    /// the text without anchors for that: their `&` becomes `!`, which makes a tag of them; everywhere else the two
    /// characters are as ordinary as each other, in comments, in quotes and inside text.
    /// - Throws: What Yams throws; text that only fails without its anchors has both an anchor and a tag in one place.
    private static func refuseAliases(_ text: String) throws {
        guard text.utf8.contains(UInt8(ascii: "*")) else { return }
        let bytes = text.utf8.map { $0 == UInt8(ascii: "&") ? UInt8(ascii: "!") : $0 }
        _ = try compose(yaml: String(decoding: bytes, as: UTF8.self), .default, .default, .utf8)
    }

    private static func problem(_ error: YamlError) -> StudyFileError.Problem {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let scene = context.map { " (\($0.text))" } ?? ""
            return notYAML(problem + scene, line: mark.line, column: mark.column)
        case .composer(_, "found undefined alias", let mark, _):
            return .init(
                line: mark.line, column: mark.column, message: "YAML aliases (*name) are not supported",
                remedy: "write the value out, or put text that begins with * in quotes")
        case .composer(_, "but found another document", let mark, _):
            return .init(
                line: mark.line, column: mark.column, message: "a second YAML document begins here",
                remedy: "put every study in a file of its own")
        case .composer(_, let problem, let mark, _):
            return notYAML(problem, line: mark.line, column: mark.column)
        case .reader(let problem, let offset, _, let text):
            let before = text.prefix(offset ?? 0).split(omittingEmptySubsequences: false) { $0.isNewline }
            let column = (before.last?.unicodeScalars.count ?? 0) + 1
            return notYAML(problem, line: max(1, before.count), column: column)
        case .duplicatedKeysInMapping(let keys, let context):
            return .init(
                line: context.mark.line, column: context.mark.column,
                keyPath: keys.sorted().joined(separator: ", "),
                message: "the same key is given more than once, here first", remedy: "keep one of them")
        default:
            return notYAML("\(error)", line: 1, column: 1)
        }
    }

    private static func notYAML(_ reason: String, line: Int, column: Int) -> StudyFileError.Problem {
        .init(
            line: line, column: column, message: "not valid YAML: \(reason)",
            remedy: "indent with spaces, close every bracket and quote, and put a space after every colon")
    }
}

extension Node {
    /// What YAML has and study files have not, because readers of YAML differ on it.
    fileprivate var unsupportedParts: [StudyFileError.Problem] {
        switch self {
        case .scalar(let scalar): hasTag(scalar.tag, isText: scalar.style != .plain)
        case .sequence(let sequence): hasTag(sequence.tag) + sequence.flatMap(\.unsupportedParts)
        case .mapping(let mapping):
            hasTag(mapping.tag) + mapping.mergeKeys + mapping.sameKeys
                + mapping.flatMap { $0.value.unsupportedParts }
        case .alias: []
        }
    }

    /// - Parameter isText: Whether it is in quotes or a block, which Yams gives the tag of text.
    private func hasTag(_ tag: Tag, isText: Bool = false) -> [StudyFileError.Problem] {
        let name = tag.description
        if name.isEmpty || isText && name == Tag.Name.str.rawValue { return [] }
        return [
            .init(
                line: mark?.line, column: mark?.column, message: "YAML tags (!name) are not supported",
                remedy: "remove it, or put text that begins with ! in quotes")
        ]
    }
}

extension Node.Mapping {
    fileprivate var mergeKeys: [StudyFileError.Problem] {
        keys.filter { $0.scalar.map { $0.string == "<<" && $0.style == .plain } ?? false }.map { key in
            .init(
                line: key.mark?.line, column: key.mark?.column, keyPath: "<<",
                message: "YAML merge keys are not supported", remedy: "write the keys out")
        }
    }

    /// Yams tells `1` from `"1"`, which are one name here.
    fileprivate var sameKeys: [StudyFileError.Problem] {
        var first: Set<String> = []
        return keys.compactMap { key in
            guard let name = key.scalar?.string, !first.insert(name).inserted else { return nil }
            return .init(
                line: key.mark?.line, column: key.mark?.column, keyPath: name,
                message: "the same key is given more than once", remedy: "keep one of them")
        }
    }
}
