import Yams

/// The keys of a mapping in a study file.
struct StudyFileMapping {
    private let owner: StudyFileValue
    private let entries: [String: StudyFileValue]
    /// Known keys that an unknown one was probably meant to be.
    private let misspelt: Set<String>

    /// Reports every key that is not among `keys`.
    init(_ mapping: Node.Mapping, of owner: StudyFileValue, keys: [String]) {
        self.owner = owner
        let prefix = owner.keyPath.isEmpty ? "" : owner.keyPath + "."
        var entries: [String: StudyFileValue] = [:]
        var misspelt: Set<String> = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
                Self.reportUnknown(key, in: owner, prefix: prefix, keys: keys)
                if let meant = NearestName.suggestion(for: key.string ?? "", among: keys) {
                    misspelt.insert(meant)
                }
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
        self.misspelt = misspelt
    }

    private static func reportUnknown(_ key: Node, in owner: StudyFileValue, prefix: String, keys: [String]) {
        let known = "known here: \(keys.joined(separator: ", "))"
        guard case .scalar(let scalar) = key else {
            owner.problems.add(key.mark, owner.keyPath, "a list or mapping cannot be a key", known)
            return
        }
        owner.problems.add(
            scalar.mark, prefix + scalar.string, "unknown key",
            NearestName.remedy(for: scalar.string, among: keys, otherwise: known))
    }

    subscript(key: String) -> StudyFileValue? { entries[key] }

    /// - Parameter example: A value to suggest where the key is missing.
    func required(_ key: String, example: String) -> StudyFileValue? {
        if let value = entries[key] { return value }
        // One mistake deserves one message.
        if misspelt.contains(key) { return nil }
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
