import Foundation
import TestSupport
import Testing

/// The house: every file is in a room, every room is on the map, and targets know only those below them.
@Suite("Rooms of the source")
struct RoomTests {
    private static let sources = Repository.folder.appending(path: "Sources")
    /// Targets whose folders are rooms.
    private static let withRooms = [
        "SpikingNumerics", "ConvergenceStudies", "ConvergenceReports", "spikeverify",
    ]
    /// What each target may import of the others, the lowest first.
    private static let below: [String: Set<String>] = [
        "NumericalMethods": ["CGSL"],
        "SpikingNumerics": ["NumericalMethods", "CLanes"],
        "SolverProtocol": ["SpikingNumerics", "CSolverProtocol"],
        "ConvergenceStudies": ["NumericalMethods", "SpikingNumerics", "SolverProtocol"],
        "ConvergenceReports": ["ConvergenceStudies", "SpikingNumerics"],
        "spikeverify": ["SpikingNumerics", "SolverProtocol", "ConvergenceStudies", "ConvergenceReports"],
    ]

    private static func contents(_ folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
    }

    @Test("no Swift file lies outside a room", arguments: withRooms)
    func loose(_ target: String) throws {
        let loose = try Self.contents(Self.sources.appending(path: target)).filter {
            $0.pathExtension == "swift"
        }
        #expect(loose.isEmpty, "\(loose.map(\.lastPathComponent))")
    }

    @Test("every room is in Architecture.md, and every room there exists", arguments: withRooms)
    func map(_ target: String) throws {
        let article = "Sources/ConvergenceStudies/Documentation.docc/Architecture.md"
        let text = try String(contentsOf: Repository.folder.appending(path: article), encoding: .utf8)
        let rooms = try Self.contents(Self.sources.appending(path: target)).map(\.lastPathComponent).filter {
            !$0.contains(".")
        }
        for room in rooms { #expect(text.contains("`\(room)`"), "\(target)/\(room) is not on the map") }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("| … `") }
        let named = lines.flatMap { line in
            line.split(separator: "|")[0].split(separator: "`").filter {
                !$0.contains(" ") && !$0.contains("…")
            }
        }
        let all = try Self.withRooms.flatMap { try Self.contents(Self.sources.appending(path: $0)) }.map(
            \.lastPathComponent)
        for room in named where room != "Consumer" {
            #expect(all.contains(String(room)), "there is no room \(room)")
        }
    }

    @Test("targets import only what is below them", arguments: below.keys.sorted())
    func arrows(_ target: String) throws {
        let ours = Set(Self.below.keys).union(["CGSL", "CLanes", "CSolverProtocol"])
        let files = FileManager.default.enumerator(
            at: Self.sources.appending(path: target), includingPropertiesForKeys: nil)
        var seen = 0
        for case let file as URL in files! where file.pathExtension == "swift" {
            seen += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") where line.hasPrefix("import ") {
                let module = String(line.dropFirst(7))
                #expect(
                    !ours.contains(module) || Self.below[target]!.contains(module),
                    "\(file.lastPathComponent) imports \(module)")
            }
        }
        #expect(seen > 0)
    }
}
