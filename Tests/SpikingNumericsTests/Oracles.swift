import Foundation

/// Figures of the independent programs in Tests/Oracles.
enum Oracles {
    static func load<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Oracles/\(name)")
        return try JSONDecoder().decode(Content.self, from: Data(contentsOf: file))
    }
}
