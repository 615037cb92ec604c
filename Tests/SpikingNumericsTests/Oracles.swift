import Foundation
import TestSupport

/// Figures of the independent programs in Tests/Oracles.
enum Oracles {
    static func load<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
        let file = Repository.folder.appending(path: "Tests/Oracles/\(name)")
        return try JSONDecoder().decode(Content.self, from: Data(contentsOf: file))
    }
}
