import Foundation

/// As much of JSON Schema as `convergence/result.schema.json` uses.
package struct ResultSchema {
    private let root: [String: Any]

    package init() throws {
        let data = try Data(contentsOf: Repository.folder.appending(path: "convergence/result.schema.json"))
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// What is wrong with a document; empty where nothing is.
    package func problems(_ document: Data) throws -> [String] {
        problems(try JSONSerialization.jsonObject(with: document), root, at: "result")
    }

    private static let known: Set<String> = [
        "$schema", "$defs", "$ref", "title", "description", "type", "required", "properties",
        "additionalProperties", "items", "enum", "const", "minimum", "exclusiveMinimum",
    ]

    private func problems(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            let definitions = root["$defs"] as? [String: [String: Any]] ?? [:]
            guard let definition = definitions[name] else { return ["\(place): no definition \(name)"] }
            return problems(value, definition, at: place)
        }
        let unknown = schema.keys.filter { !Self.known.contains($0) }.map { "\(place): keyword \($0)" }
        guard let type = schema["type"] as? String, Self.isType(value, type) else {
            return unknown + ["\(place): is no \(schema["type"] ?? "value of a known type")"]
        }
        return unknown + limits(value, schema, at: place) + fields(value, schema, at: place)
            + elements(value, schema, at: place)
    }

    private static func isType(_ value: Any, _ type: String) -> Bool {
        // Foundation takes a boolean for a number.
        let isBoolean = (value as? NSNumber).map { NumberKind.isBoolean($0) } ?? false
        switch type {
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "boolean": return isBoolean
        case "number": return value is NSNumber && !isBoolean
        case "integer":
            return !isBoolean
                && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true
        default: return false
        }
    }

    private func limits(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        var found: [String] = []
        if let choices = schema["enum"] as? [String], !choices.contains(value as? String ?? "") {
            found.append("\(place): \(value) is none of \(choices)")
        }
        guard let number = (value as? NSNumber)?.doubleValue else { return found }
        if let constant = (schema["const"] as? NSNumber)?.doubleValue, number != constant {
            found.append("\(place): \(number) is not \(constant)")
        }
        if let least = (schema["minimum"] as? NSNumber)?.doubleValue, number < least {
            found.append("\(place): \(number) is below \(least)")
        }
        if let bound = (schema["exclusiveMinimum"] as? NSNumber)?.doubleValue, number <= bound {
            found.append("\(place): \(number) is not above \(bound)")
        }
        return found
    }

    private func fields(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
            .map { "\(place): \($0) is missing" }
        return missing
            + object.keys.sorted().flatMap { key -> [String] in
                // What `additionalProperties` says, where it is no mere no.
                let others = schema["additionalProperties"] as? [String: Any]
                guard let property = properties[key] ?? others else {
                    return ["\(place): unknown field \(key)"]
                }
                return problems(object[key]!, property, at: "\(place).\(key)")
            }
    }

    private func elements(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let array = value as? [Any], let items = schema["items"] as? [String: Any] else { return [] }
        return array.enumerated().flatMap { problems($1, items, at: "\(place).\($0)") }
    }
}

private enum NumberKind {
    static func isBoolean(_ number: NSNumber) -> Bool {
        // The encoding of Bool is that of a character, of which JSON has no numbers.
        String(cString: number.objCType) == "c"
    }
}
