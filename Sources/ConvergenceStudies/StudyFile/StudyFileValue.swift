import Yams

/// Collects what is wrong with a file, so that everything is told at once.
final class StudyFileProblems {
    /// The study file, beside which other files are looked for.
    let file: String
    private(set) var list: [StudyFileError.Problem] = []
    /// What the file leaves to the program, and what it chose.
    private(set) var choices: [StudyRemark] = []
    /// What is probably not meant.
    private(set) var warnings: [StudyRemark] = []
    /// Where each population is described, and the whole network.
    private(set) var caseKeys: [String: StudyRemark] = [:]

    init(file: String) {
        self.file = file
    }

    func add(_ mark: Mark?, _ keyPath: String, _ message: String, _ remedy: String) {
        list.append(
            .init(
                line: mark?.line ?? 1, column: mark?.column ?? 1, keyPath: keyPath, message: message,
                remedy: remedy))
    }

    func choose(_ key: String, _ message: String) { choices.append(.init(key: key, message: message)) }

    func warn(_ mark: Mark?, _ key: String, _ message: String) {
        warnings.append(.init(key: key, line: mark?.line, column: mark?.column, message: message))
    }

    /// Remembers where a population is described, or the network.
    func place(_ mark: Mark?, _ key: String, of name: String) {
        caseKeys[name] = .init(key: key, line: mark?.line, column: mark?.column, message: "")
    }

    /// Adds what is wrong with another file.
    func add(_ problems: [StudyFileError.Problem]) { list += problems }
}

/// A value of a study file, with the keys that lead to it.
///
/// Its readers return nil after having reported what is wrong, with the place and a remedy.
struct StudyFileValue {
    let node: Node
    /// The keys that lead here, joined by dots.
    let keyPath: String
    let problems: StudyFileProblems

    func report(_ message: String, remedy: String) {
        problems.add(node.mark, keyPath, message, remedy)
    }

    /// Says that this is probably not meant.
    func warn(_ message: String) { problems.warn(node.mark, keyPath, message) }

    /// How messages call what stands here.
    var description: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar(let scalar):
            if isMissing {
                "empty"
            } else if scalar.style != .plain {
                "the text \"\(scalar.string)\""
            } else if node.bool != nil {
                "the boolean \(scalar.string)"
            } else {
                "\"\(scalar.string)\""
            }
        }
    }

    /// Nothing after the colon, or YAML's null.
    var isMissing: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// - Parameter meaning: What is wanted, for the message: `the study's name`.
    func text(_ meaning: String) -> String? {
        guard case .scalar(let scalar) = node, !isMissing else {
            report("is \(description) where \(meaning) is wanted", remedy: "write it as text on one line")
            return nil
        }
        guard !scalar.string.contains(where: \.isNewline) else {
            report("has several lines where \(meaning) is wanted", remedy: "write it as text on one line")
            return nil
        }
        return scalar.string
    }

    /// The name that a key gives to something of the study's own.
    ///
    /// - Parameter reserved: Names that mean something else.
    func ownName(_ key: Node, of kind: String, reserved: [String]) -> String? {
        let name = key.string ?? ""
        guard name.wholeMatch(of: /[A-Za-z0-9_-]{1,100}/) != nil, !reserved.contains(name) else {
            problems.add(
                key.mark, keyPath, "\"\(name)\" cannot name \(kind.withArticle)",
                "use letters, digits, hyphens and underscores, and none of \(reserved.joined(separator: ", "))"
            )
            return nil
        }
        return name
    }

    /// One of the names of a catalogue.
    ///
    /// - Parameters:
    ///   - kind: What the names are names of: `integrator`.
    ///   - help: Where all names can be seen.
    func name(_ kind: String, among names: [String], help: String) -> String? {
        guard let name = text("the name of \(kind.withArticle)") else { return nil }
        if names.contains(name) { return name }
        report(
            "unknown \(kind) \"\(name)\"",
            remedy: NearestName.remedy(for: name, among: names, otherwise: help))
        return nil
    }

    /// No list of a study needs to be longer.
    private static let longestList = 1000

    /// The elements of a list that is not empty, unless it may be.
    func list(of meaning: String, example: String, mayBeEmpty: Bool = false) -> [StudyFileValue]? {
        guard case .sequence(let sequence) = node else {
            report(
                "is \(description) where a list of \(meaning) is wanted", remedy: "write it like \(example)")
            return nil
        }
        if sequence.isEmpty, !mayBeEmpty {
            report("the list of \(meaning) is empty", remedy: "write it like \(example)")
            return nil
        }
        if sequence.count > Self.longestList {
            report(
                "the list of \(meaning) has \(sequence.count) entries, more than \(Self.longestList)",
                remedy: "split the study")
            return nil
        }
        return sequence.map { StudyFileValue(node: $0, keyPath: keyPath, problems: problems) }
    }

    /// A mapping with no other keys than these.
    func mapping(keys: [String], example: String) -> StudyFileMapping? {
        guard case .mapping(let mapping) = node else {
            report("is \(description) where a mapping is wanted", remedy: "write it like \(example)")
            return nil
        }
        return StudyFileMapping(mapping, of: self, keys: keys)
    }
}

extension String {
    /// With `a` or `an` before it.
    var withArticle: String { (first.map("aeio".contains) ?? false ? "an " : "a ") + self }
}
