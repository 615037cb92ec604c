import Yams

/// Turns a study file's text into a tree of YAML nodes.
enum StudyFileYAML {
    /// - Throws: `StudyFileError` for text that is no YAML, is empty, or holds aliases or several documents.
    static func root(_ text: String, file: String) throws(StudyFileError) -> Node {
        if let place = firstAlias(text) {
            throw StudyFileError(
                file: file,
                problems: [
                    .init(
                        line: place.line, column: place.column,
                        message: "YAML aliases (*name) are not supported",
                        remedy: "write the value out, or put text that begins with * in quotes")
                ])
        }
        do {
            if let node = try compose(yaml: text, .default, .default, .utf8), !isEmpty(node) { return node }
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

    /// Where the first alias stands, if there is one.
    ///
    /// A few aliases of aliases make a tree too large to walk, and Yams walks the keys of every mapping.  So they are
    /// looked for before it sees the text: a `*` at the start of a value.
    private static func firstAlias(_ text: String) -> (line: Int, column: Int)? {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            var before: Unicode.Scalar?
            for (column, scalar) in line.unicodeScalars.enumerated() where !scalar.properties.isWhitespace {
                if scalar == "#", before == nil { break }
                if scalar == "*", before.map("[{,:-?".unicodeScalars.contains) ?? true {
                    return (index + 1, column + 1)
                }
                before = scalar
            }
        }
        return nil
    }

    private static func problem(_ error: YamlError) -> StudyFileError.Problem {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let scene = context.map { " (\($0.text))" } ?? ""
            return notYAML(problem + scene, line: mark.line, column: mark.column)
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
