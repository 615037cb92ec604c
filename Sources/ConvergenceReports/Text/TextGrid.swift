import ConvergenceStudies
import TextTable

/// A table for the terminal, broken into several where it would be wider than the page.
struct TextGrid {
    struct Cell {
        var column: String
        var text: String
    }

    static let pageWidth = 100

    /// Heading of the first column, which every part repeats.
    var stub: String
    var alignment: Alignment
    private var columns: [String] = []
    private var rows: [(name: String, cells: [String: String])] = []

    init(stub: String, alignment: Alignment = .right) {
        self.stub = stub
        self.alignment = alignment
    }

    /// Adds a row; columns appear in the order in which they are first mentioned.
    mutating func add(row name: String, _ cells: [Cell]) {
        let texts = cells.map { ($0.column.visible, $0.text.visible) }
        columns = unique(columns + texts.map(\.0))
        rows.append((name.visible, Dictionary(texts, uniquingKeysWith: { first, _ in first })))
    }

    var text: String {
        parts().map(text(ofColumns:)).joined(separator: "\n")
    }

    /// Consecutive columns that fit on the page together with the first one.
    private func parts() -> [[String]] {
        let stubWidth = ([stub] + rows.map(\.name)).map(\.count).max() ?? 0
        var parts: [[String]] = [[]]
        var width = stubWidth
        for column in columns {
            let wanted = 2 + (rows.map { $0.cells[column]?.count ?? 0 } + [column.count]).max()!
            if width + wanted > Self.pageWidth, parts[parts.count - 1].isEmpty == false {
                parts.append([])
                width = stubWidth
            }
            parts[parts.count - 1].append(column)
            width += wanted
        }
        return parts
    }

    private func text(ofColumns columns: [String]) -> String {
        let table = TextTable<(name: String, cells: [String: String])> { row in
            [Column(title: stub, value: row.name)]
                + columns.map { column in
                    Column(title: " " + column, value: " " + (row.cells[column] ?? ""), align: alignment)
                }
        }
        let lines = (table.string(for: rows) ?? "").split(separator: "\n")
        return lines.map { line in
            let end = line.lastIndex { $0 != " " }
            return (end.map { String(line[...$0]) } ?? "") + "\n"
        }.joined()
    }
}
