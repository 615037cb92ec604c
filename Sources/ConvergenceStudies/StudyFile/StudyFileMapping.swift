import Yams

/// The keys of a mapping in a study file.
struct StudyFileMapping {
    private let owner: StudyFileValue
    private let entries: [String: StudyFileValue]

    /// Reports every key that is not among `keys`.
    init(_ mapping: Node.Mapping, of owner: StudyFileValue, keys: [String]) {
        self.owner = owner
        let prefix = owner.keyPath.isEmpty ? "" : owner.keyPath + "."
        var entries: [String: StudyFileValue] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
                Self.reportUnknown(key, prefix: prefix, keys: keys, problems: owner.problems)
                continue
            }
            // An empty value has no place of its own; the key's serves better.
            let isAbsent = value.scalar.map { $0.string.isEmpty && $0.style == .plain } ?? false
            var node = value
            if isAbsent { node.scalar?.mark = scalar.mark }
            entries[scalar.string] = StudyFileValue(
                node: node, keyPath: prefix + scalar.string, problems: owner.problems)
        }
        self.entries = entries
    }

    private static func reportUnknown(
        _ key: Node, prefix: String, keys: [String], problems: StudyFileProblems
    ) {
        let known = "known here: \(keys.joined(separator: ", "))"
        guard case .scalar(let scalar) = key else {
            problems.add(key.mark, prefix, "a list or mapping cannot be a key", known)
            return
        }
        problems.add(
            scalar.mark, prefix + scalar.string, "unknown key",
            NearestName.remedy(for: scalar.string, among: keys, otherwise: known))
    }

    subscript(key: String) -> StudyFileValue? { entries[key] }

    /// - Parameter example: A value to suggest where the key is missing.
    func required(_ key: String, example: String) -> StudyFileValue? {
        if let value = entries[key] { return value }
        owner.report("the key \"\(key)\" is missing", remedy: "add `\(key): \(example)`")
        return nil
    }

    /// What `read` makes of a key's value: `fallback` where the key is absent, nil where its value was reported.
    func optional<Value>(_ key: String, default fallback: Value, _ read: (StudyFileValue) -> Value?) -> Value?
    {
        guard let value = entries[key] else { return fallback }
        return read(value)
    }
}
