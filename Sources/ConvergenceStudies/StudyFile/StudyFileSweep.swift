import Foundation
import SpikingNumerics
import Yams

/// A study over several values of what its problem holds.
///
///     sweep: {mu: [0.02, 0.04, 0.06], sigma: {from: 0.05, to: 0.1, count: 3}}     # every combination
///     sweep: [{mu: 0.02, sigma: 0.1}, {mu: 0.04, sigma: 0.05}]                    # just these points
///
/// A key is any number of the problem, by as much of its path as tells it from others: `mu`, `E.mu`, `inputs.0.poisson.rate`.  Each
/// point becomes a study of its own, with a text of its own, so that shares, parts, baselines and results know of nothing else; all
/// have the same seed and so the same random paths.
extension StudyFile {
    /// The points of a study that has a `sweep`, or the study.
    ///
    /// - Throws: `StudyFileError` with everything that is wrong with the file.
    public static func readAll(path: String) throws(StudyFileError) -> [Study] {
        try parseAll(StudyFileText.read(path: path), file: path)
    }

    /// - Parameter file: As for `parse`.
    /// - Throws: `StudyFileError` with everything that is wrong with the text.
    public static func parseAll(_ text: String, file: String) throws(StudyFileError) -> [Study] {
        let root = try StudyFileYAML.root(text, file: file)
        guard case .mapping(let mapping) = root, let sweep = mapping["sweep"] else {
            return [try parse(text, file: file)]
        }
        let problems = StudyFileProblems(file: file)
        let value = StudyFileValue(node: sweep, keyPath: "sweep", problems: problems)
        guard let points = value.sweepPoints(), problems.list.isEmpty else {
            throw StudyFileError(file: file, problems: problems.list)
        }
        // What is wrong with the file itself is so at every point, and what a sweep replaces must be right, too.
        var base = mapping
        base["sweep"] = nil
        base.keepEntries(at: [], problems)
        base.leaveOutWhatIsOfTheSweep()
        mapping.checkEntries(of: points, problems)
        guard problems.list.isEmpty else { throw StudyFileError(file: file, problems: problems.list) }
        _ = try parse(.mapping(base), text: text, file: file)
        var studies: [Study] = []
        for point in points {
            studies.append(try study(at: point, of: mapping, value: value, file: file))
        }
        return studies
    }

    private static func study(
        at point: [SweptValue], of mapping: Node.Mapping, value: StudyFileValue, file: String
    ) throws(StudyFileError) -> Study {
        let problems = StudyFileProblems(file: file)
        let sweep = StudyFileValue(node: value.node, keyPath: "sweep", problems: problems)
        var root = mapping
        root["sweep"] = nil
        var problem = root["problem"] ?? Node([(Node, Node)]())
        var paths: [[String]: String] = [:]
        for swept in point {
            guard let path = sweep.path(of: swept, in: problem) else { continue }
            if let other = paths.updateValue(swept.key, forKey: path) {
                sweep.report(
                    "\"\(other)\" and \"\(swept.key)\" are one number, \(path.joined(separator: "."))",
                    remedy: "remove one of them")
            }
            problem.set(swept.node, at: path[...])
        }
        root["problem"] = problem
        let name = mapping["study"]?.string ?? ""
        let suffix = point.map { "\($0.key)_\($0.value.shortest)" }.joined(separator: ".")
        root["study"] = Node.scalar(.init("\(name).\(suffix)", Tag(.str), .plain, mapping["study"]?.mark))
        let values = Node(
            point.map { (Node($0.key), Node.scalar(.init($0.value.shortest, Tag(.float), .plain))) })
        root["point"] = Node([(Node("of"), Node(name)), (Node("at"), values)])
        root.keepEntries(at: point, problems)
        guard problems.list.isEmpty else { throw StudyFileError(file: file, problems: problems.list) }
        // From the file's own nodes, so that what is wrong is said with its place there.
        guard
            let text = try? Yams.serialize(
                node: .mapping(root), width: -1, allowUnicode: true, sortKeys: false)
        else {
            preconditionFailure("YAML that was read cannot be written")
        }
        return try parse(.mapping(root), text: text, file: file)
    }
}

/// What a point sets.
struct SweptValue: Hashable {
    var key: String
    var value: Double
    var node: Node
}

extension StudyFileValue {
    private static let example = "{mu: [0.02, 0.04, 0.06]}, or {mu: {from: 0.02, to: 0.06, count: 3}}"
    private static let mostPoints = 1000

    /// The points, in the order of the file, the last key's values changing fastest.
    fileprivate func sweepPoints() -> [[SweptValue]]? {
        var points: [[SweptValue]] = [[]]
        switch node {
        case .mapping(let mapping):
            for (key, list) in mapping {
                guard let values = values(of: key, list) else { return nil }
                points = points.flatMap { point in values.map { point + [$0] } }
                guard points.count <= Self.mostPoints else {
                    report("has more than \(Self.mostPoints) points", remedy: "split the study")
                    return nil
                }
            }
        case .sequence(let sequence):
            points = []
            for entry in sequence {
                guard case .mapping(let mapping) = entry else {
                    problems.add(
                        entry.mark, keyPath, "a point of a sweep is a mapping",
                        "write it like {mu: 0.02, sigma: 0.1}")
                    return nil
                }
                var point: [SweptValue] = []
                for (key, value) in mapping {
                    guard let swept = swept(key, value) else { return nil }
                    point.append(swept)
                }
                points.append(point)
            }
            guard Set(points.map { $0.map(\.key) }).count <= 1 else {
                report("its points have different keys", remedy: "give every point a value for each key")
                return nil
            }
        default: break
        }
        guard let first = points.first, !first.isEmpty else {
            report("is no sweep", remedy: "write it like \(Self.example)")
            return nil
        }
        guard Set(points.map { $0.map(\.value) }).count == points.count else {
            report("has the same point twice", remedy: "remove one of them")
            return nil
        }
        return points
    }

    private func values(of key: Node, _ list: Node) -> [SweptValue]? {
        let name = key.string ?? ""
        if case .mapping = list {
            let range = StudyFileValue(node: list, keyPath: "\(keyPath).\(name)", problems: problems)
            guard
                let keys = range.mapping(
                    keys: ["from", "to", "count"], example: "{from: 0.02, to: 0.06, count: 3}"),
                let from = keys.required("from", example: "0.02")?.number(
                    remedy: "write it as a number, such as 0.02"),
                let to = keys.required("to", example: "0.06")?.number(
                    remedy: "write it as a number, such as 0.02"),
                let count = keys.required("count", example: "3")?.number(
                    remedy: "write it as a number, such as 0.02")
            else { return nil }
            guard count >= 2, count == count.rounded(), count <= Double(Self.mostPoints) else {
                range.report(
                    "has no whole number of at least two values",
                    remedy: "write it like {from: 0.02, to: 0.06, count: 3}")
                return nil
            }
            return (0..<Int(count)).map { k in
                // Rounded to twelve digits, so that names are those that a person would write.
                let exact = from + (to - from) * Double(k) / (count - 1)
                let value = Double(String(format: "%.12g", exact)) ?? exact
                return SweptValue(
                    key: name, value: value,
                    node: .scalar(.init(value.shortest, Tag(.float), .plain, list.mark)))
            }
        }
        guard case .sequence(let sequence) = list, !sequence.isEmpty else {
            problems.add(
                list.mark, "\(keyPath).\(name)", "has no list of values", "write it like \(Self.example)")
            return nil
        }
        let found = sequence.map { swept(key, $0) }
        return found.contains { $0 == nil } ? nil : found.compactMap { $0 }
    }

    private func swept(_ key: Node, _ value: Node) -> SweptValue? {
        let name = key.string ?? ""
        guard name.wholeMatch(of: /[A-Za-z0-9_.]+/) != nil else {
            problems.add(
                key.mark, keyPath, "\"\(name)\" cannot be a key of the problem",
                "name a number of the problem, such as mu")
            return nil
        }
        let place = StudyFileValue(node: value, keyPath: "\(keyPath).\(name)", problems: problems)
        return place.number(remedy: "write it as a number, such as 0.02").map {
            SweptValue(key: name, value: $0, node: value)
        }
    }

    /// Where in the problem a key leads: to the shortest path of a number that it is a part of, or to a parameter that the file leaves
    /// out; nil where it was reported.
    fileprivate func path(of swept: SweptValue, in problem: Node) -> [String]? {
        let wanted = swept.key.split(separator: ".").map(String.init)
        let candidates = problem.numbers.filter { $0.contains(inOrder: wanted) }
        let shortest = candidates.map(\.count).min()
        let matching = candidates.filter { $0.count == shortest }
        if matching.count == 1 { return matching[0] }
        if matching.count > 1 {
            report(
                "\"\(swept.key)\" could be \(matching.map { $0.joined(separator: ".") }.joined(separator: " or "))",
                remedy: "write as much of the path as tells it from the others")
            return nil
        }
        let parameters = Set(ModelCatalogue.families.flatMap { $0.parameters.map(\.name) })
        guard let last = wanted.last, parameters.contains(last) else {
            let known = problem.numbers.map { $0.joined(separator: ".") }
            report(
                "there is no number \"\(swept.key)\" in the problem",
                remedy: NearestName.remedy(
                    for: swept.key, among: known, otherwise: "there are \(known.joined(separator: ", "))"))
            return nil
        }
        if wanted.count == 1 { return ["parameters", last] }
        let population = ["topology", "recurrent", "populations", wanted[0]]
        guard wanted.count == 2, problem.node(at: population[...]) != nil else {
            report("there is no population \"\(wanted[0])\"", remedy: "name a population of the topology")
            return nil
        }
        return population + ["parameters", last]
    }
}

extension Node.Mapping {
    /// Published numbers of the whole sweep, which no single study has.
    fileprivate mutating func leaveOutWhatIsOfTheSweep() {
        guard case .sequence(let sequence)? = self["published"] else { return }
        let kept: [Node] = sequence.filter { !$0.isOfTheSweep }
        self["published"] = kept.isEmpty ? nil : .sequence(.init(kept, Tag(.seq), .block, sequence.mark))
    }

    /// Lists whose entries may be for one point of the sweep: `at: {mu: 0.02}`.
    private static var listsByPoint: [String] { ["expect", "published"] }

    /// An entry for a point that there is not would never be judged.
    fileprivate func checkEntries(of points: [[SweptValue]], _ problems: StudyFileProblems) {
        for key in Self.listsByPoint {
            guard case .sequence(let sequence)? = self[Node(key)] else { continue }
            for entry in sequence {
                if key == "published", entry.mapping?["at"] == nil, !entry.isOfTheSweep {
                    problems.add(
                        entry.mark, key, "is a number of one point, and does not say of which",
                        "add `at` with a value of the sweep, such as at: {mu: 0.02}")
                }
                guard let at = entry.mapping?["at"], case .mapping(let wanted) = at else { continue }
                var values: [String: Double] = [:]
                for (name, value) in wanted {
                    let name = name.string ?? ""
                    let place = StudyFileValue(node: value, keyPath: "\(key).at.\(name)", problems: problems)
                    values[name] = place.number(remedy: "write it as a number, such as 0.02")
                }
                guard values.count == wanted.count else { continue }
                let isThere = points.contains { point in
                    values.allSatisfy { key, value in
                        point.contains { $0.key == key && $0.value == value }
                    }
                }
                if !isThere || values.isEmpty {
                    problems.add(
                        at.mark, "\(key).at", "is no point of the sweep",
                        "name a key of the sweep with one of its values, such as {mu: 0.02}")
                }
            }
        }
    }

    /// Leaves out entries that are for other points, and the `at` of the others.
    fileprivate mutating func keepEntries(at point: [SweptValue], _ problems: StudyFileProblems) {
        for key in Self.listsByPoint {
            guard case .sequence(let sequence)? = self[Node(key)] else { continue }
            let kept: [Node] = sequence.compactMap { entry in
                guard case .mapping(var content) = entry, let at = content["at"] else { return entry }
                guard case .mapping(let wanted) = at else {
                    problems.add(
                        at.mark, "\(key).at", "names no point of the sweep", "write it like {mu: 0.02}")
                    return entry
                }
                content["at"] = nil
                let isHere = wanted.allSatisfy { key, value in
                    point.contains { $0.key == key.string && $0.value == value.float }
                }
                return isHere ? .mapping(content) : nil
            }
            self[Node(key)] = kept.isEmpty ? nil : .sequence(.init(kept, Tag(.seq), .block, sequence.mark))
        }
    }
}

extension Node {
    /// Whether it is a published number of a whole curve.
    fileprivate var isOfTheSweep: Bool {
        DerivedQuantity(rawValue: mapping?["quantity"]?.string ?? "") != nil
    }

    /// Paths to everything that may be a number.
    fileprivate var numbers: [[String]] {
        switch self {
        case .scalar(let scalar): Double(scalar.string) == nil ? [] : [[]]
        case .mapping(let mapping):
            mapping.flatMap { key, value in value.numbers.map { [key.string ?? ""] + $0 } }
        case .sequence(let sequence):
            sequence.enumerated().flatMap { k, value in value.numbers.map { ["\(k)"] + $0 } }
        default: []
        }
    }

    fileprivate func node(at path: ArraySlice<String>) -> Node? {
        guard let first = path.first else { return self }
        if case .sequence(let sequence) = self {
            guard let k = Int(first), sequence.indices.contains(k) else { return nil }
            return sequence[k].node(at: path.dropFirst())
        }
        return mapping?[Node(first)]?.node(at: path.dropFirst())
    }

    /// Sets what stands at a path, and makes the mappings that lead there.
    fileprivate mutating func set(_ value: Node, at path: ArraySlice<String>) {
        guard let first = path.first else {
            self = value
            return
        }
        if case .sequence(var sequence) = self, let k = Int(first) {
            sequence[k].set(value, at: path.dropFirst())
            self = .sequence(sequence)
            return
        }
        var mapping = self.mapping ?? Node.Mapping([])
        var inner = mapping[Node(first)] ?? Node([(Node, Node)]())
        inner.set(value, at: path.dropFirst())
        mapping[Node(first)] = inner
        self = .mapping(mapping)
    }
}

extension [String] {
    /// Whether it ends as `other` does and has the rest of it in the same order.
    fileprivate func contains(inOrder other: [String]) -> Bool {
        guard last == other.last else { return false }
        var rest = self[...]
        for name in other {
            guard let place = rest.firstIndex(of: name) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }
}
