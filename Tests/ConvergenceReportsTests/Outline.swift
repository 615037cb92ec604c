import Foundation
import FoundationXML

/// What a strict XML parser finds in a page; throws where it is not well formed.
final class Outline: NSObject, XMLParserDelegate {
    private(set) var drawings: [[String: String]] = []
    /// Titles of drawings.
    private(set) var titles: [String] = []
    private(set) var identifiers: [String] = []
    private(set) var attributes: [(name: String, value: String)] = []
    private var isInDrawing = false
    private var isInTitle = false

    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw Malformed(
                description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
        qualifiedName: String?, attributes found: [String: String]
    ) {
        attributes += found.map { ($0.key, $0.value) }
        if let identifier = found["id"] { identifiers.append(identifier) }
        if element == "svg" {
            drawings.append(found)
            isInDrawing = true
        }
        if element == "title", isInDrawing {
            titles.append("")
            isInTitle = true
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if isInTitle { titles[titles.count - 1] += text }
    }

    func parser(
        _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
        if element == "svg" { isInDrawing = false }
        if element == "title" { isInTitle = false }
    }
}
