import Foundation

/// As much of JSON Schema as the schemas of the protocol use.
struct Schema {
    private let schema: [String: Any]

    init(_ schema: [String: Any]) {
        self.schema = schema
    }

    /// The one beside the solvers.
    init(named name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "convergence/solvers/\(name).schema.json"))
        schema = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// Keywords that say nothing about what is valid, or that `problems` knows.
    private static let known: Set<String> = [
        "$schema", "title", "description", "type", "required", "properties", "additionalProperties", "items",
        "const",
        "enum", "minimum", "exclusiveMinimum", "minLength",
    ]

    /// What is wrong with a value; empty where nothing is.
    func problems(_ value: Any, at place: String = "") -> [String] {
        var found = schema.keys.filter { !Self.known.contains($0) }.map { "\(place): keyword \($0)" }
        if let type = schema["type"] as? String, !Self.isType(value, type) {
            found.append("\(place): no \(type)")
        }
        if let constant = schema["const"], !Self.equal(constant, value) {
            found.append("\(place): not \(constant)")
        }
        if let choices = schema["enum"] as? [Any], !choices.contains(where: { Self.equal($0, value) }) {
            found.append("\(place): not one of \(choices)")
        }
        if let number = value as? NSNumber {
            if let least = schema["minimum"] as? NSNumber, number.doubleValue < least.doubleValue {
                found.append("\(place): below \(least)")
            }
            if let bound = schema["exclusiveMinimum"] as? NSNumber, number.doubleValue <= bound.doubleValue {
                found.append("\(place): not above \(bound)")
            }
        }
        if let text = value as? String, let least = schema["minLength"] as? Int, text.count < least {
            found.append("\(place): too short")
        }
        if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
            found += list.enumerated().flatMap { Schema(items).problems($1, at: "\(place)[\($0)]") }
        }
        if let object = value as? [String: Any] { found += problems(of: object, at: place) }
        return found
    }

    private func problems(of object: [String: Any], at place: String) -> [String] {
        var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map {
            "\(place): no \($0)"
        }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        for (key, value) in object {
            if let property = properties[key] as? [String: Any] {
                found += Schema(property).problems(value, at: "\(place).\(key)")
            } else if let others = schema["additionalProperties"] as? [String: Any] {
                found += Schema(others).problems(value, at: "\(place).\(key)")
            } else if schema["additionalProperties"] as? Bool == false {
                found.append("\(place): unknown key \(key)")
            }
        }
        return found
    }

    private static func isType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "number": value is NSNumber
        case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
        default: false
        }
    }

    private static func equal(_ one: Any, _ other: Any) -> Bool {
        (one as? NSObject) == (other as? NSObject) || "\(one)" == "\(other)"
    }
}
