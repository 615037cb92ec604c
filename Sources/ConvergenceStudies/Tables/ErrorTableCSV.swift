/// A table with the columns path, h and error, and maybe integrator and measure, in any order.
extension ErrorTable {
    private static let required = ["path", "h", "error"]
    private static let columns = required + ["integrator", "measure"]
    private static let example = "begin with a line such as path,h,error or path,h,error,integrator,measure"

    /// - Parameter place: The file's name, which errors begin with.
    /// - Throws: `ErrorTable.Problem` for the first line that is wrong.
    public init(csv text: String, place: String) throws(Problem) {
        guard let lines = CSVLines(text) else {
            throw Problem(place: place, message: "is empty", remedy: Self.example)
        }
        let header = lines.header.map(Self.unquoted)
        let places = try Self.places(in: header, place: place)
        var rows: [Key: Rows] = [:]
        var keys: [Key] = []
        for (number, quoted) in lines.rows {
            let fields = quoted.map(Self.unquoted)
            let place = "\(place):\(number)"
            guard fields.count == header.count else {
                throw Problem(
                    place: place, message: "has \(fields.count) fields, and the first line \(header.count)",
                    remedy: "give a value for \(header.joined(separator: ", "))")
            }
            let row = try Row(fields, places, place: place)
            if rows[row.key] == nil { keys.append(row.key) }
            try rows[row.key, default: Rows()].add(row, place: place)
        }
        guard !keys.isEmpty else {
            throw Problem(
                place: place, message: "has no errors", remedy: "give a line for each path and step")
        }
        groups = []
        for key in keys { groups.append(try rows[key]!.group(key, place: place)) }
    }

    private static func unquoted(_ field: String) -> String {
        field.count > 1 && field.hasPrefix("\"") && field.hasSuffix("\"")
            ? String(field.dropFirst().dropLast()) : field
    }

    private static func places(in header: [String], place: String) throws(Problem) -> [String: Int] {
        var places: [String: Int] = [:]
        for (k, name) in header.enumerated() {
            guard columns.contains(name), places.updateValue(k, forKey: name) == nil else {
                throw Problem(
                    place: "\(place):1", message: "\"\(name)\" is no column, or is there twice",
                    remedy: NearestName.remedy(for: name, among: columns, otherwise: example))
            }
        }
        if let missing = required.first(where: { places[$0] == nil }) {
            throw Problem(place: "\(place):1", message: "there is no column \(missing)", remedy: example)
        }
        return places
    }

    private struct Key: Hashable {
        var integrator, measure: String
    }

    private struct Row {
        var key: Key
        var path: String
        var h, error: Double

        init(_ fields: [String], _ places: [String: Int], place: String) throws(Problem) {
            func text(_ name: String) -> String { places[name].map { fields[$0] } ?? "" }
            key = Key(integrator: text("integrator"), measure: text("measure"))
            path = text("path")
            guard !path.isEmpty else {
                throw Problem(place: place, message: "names no path", remedy: "number the paths")
            }
            guard let h = Double(text("h")), h > 0, h.isFinite else {
                throw Problem(
                    place: place, message: "h is \"\(text("h"))\"",
                    remedy: "give the step as a positive number")
            }
            guard let error = Double(text("error")), error.isFinite else {
                throw Problem(
                    place: place, message: "the error is \"\(text("error"))\"",
                    remedy: "give a number, or leave the line out and say how many paths diverged")
            }
            (self.h, self.error) = (h, error)
        }
    }

    /// Those of one group.
    private struct Rows {
        private var errors: [Double: [(path: String, error: Double)]] = [:]
        private var seen: [Double: Set<String>] = [:]

        mutating func add(_ row: Row, place: String) throws(Problem) {
            guard seen[row.h, default: []].insert(row.path).inserted else {
                throw Problem(
                    place: place, message: "path \(row.path) has an error at h = \(row.h.shortest) already",
                    remedy: "number the paths anew, or remove one of the two")
            }
            errors[row.h, default: []].append((row.path, row.error))
            guard errors.count <= ErrorTable.mostSteps else {
                throw Problem(
                    place: place, message: "there are more than \(ErrorTable.mostSteps) steps",
                    remedy: "check the column h")
            }
        }

        func group(_ key: Key, place: String) throws(Problem) -> Group {
            let steps = errors.keys.sorted(by: >)
            let paths = Set(seen.values.flatMap { $0 })
            let isCommon = seen.values.allSatisfy { $0.count == paths.count }
            let order = errors[steps[0]]!.map(\.path)
            return Group(
                integrator: key.integrator, measure: key.measure, steps: steps,
                errors: steps.map { step in
                    let found = errors[step]!
                    guard isCommon else { return found.map(\.error) }
                    let byPath = Dictionary(
                        found.map { ($0.path, $0.error) }, uniquingKeysWith: { first, _ in first })
                    return order.map { byPath[$0]! }
                },
                hasCommonPaths: isCommon)
        }
    }
}
