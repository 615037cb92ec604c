import ConvergenceReports
import ConvergenceStudies
import Testing

@Suite("The unit of V stands on axes and in tables")
struct VoltageUnitTests {
    static func result(unit: String?) -> StudyResult {
        var result = Synthetic.single
        result.header.unit = unit
        result.header.studyText += "# in V-units\n"
        return result
    }

    /// Everything that people see of a result.
    static func texts(_ result: StudyResult) throws -> [(name: String, text: String)] {
        let shown = ReportCatalogue.formats.filter { ["html", "terminal"].contains($0.name) }
        return try shown.map { ($0.name, try $0.render(result)) }
            + ReportCatalogue.figureFormats.flatMap { format in
                ReportCatalogue.files(format, of: result).map { ("\(format.name) \($0.name)", $0.text) }
            }
    }

    @Test("a study that gives none has V-units")
    func none() throws {
        let texts = try Self.texts(Self.result(unit: nil))
        #expect(texts.count { $0.text.contains("V-units") } > 5)
    }

    @Test(
        "a study's own takes their place, everywhere but in its own text", arguments: ["mV", "V", "uV", "1"])
    func given(_ unit: String) throws {
        let before = try Self.texts(Self.result(unit: nil))
        let after = try Self.texts(Self.result(unit: unit))
        for (old, new) in zip(before, after) {
            let rest = new.text.replacing("# in V-units", with: "")
            #expect(!rest.contains("V-unit"), "\(new.name)")
            guard unit != "1", old.text.contains("(V-units)") else { continue }
            #expect(rest.contains("(\(unit))"), "\(new.name)")
        }
        let page = try #require(after.first { $0.name == "html" })
        #expect(page.text.contains("# in V-units"))
        #expect(!page.text.contains("(1)") && !page.text.contains("()"))
    }

    @Test("warnings and choices stand in the terminal and on the page")
    func remarks() throws {
        var result = Self.result(unit: nil)
        result.header.warnings = [
            .init(key: "sampling.paths", line: 3, column: 4, message: "8 paths are few")
        ]
        result.header.choices = [.init(key: "reference", message: "siegert was chosen")]
        for (name, text) in try Self.texts(result) where ["html", "terminal"].contains(name) {
            #expect(text.contains("sampling.paths: 8 paths are few"), "\(name)")
            #expect(text.contains("reference: siegert was chosen"), "\(name)")
        }
        let read = try JSONReport.decode(JSONReport().render(result))
        #expect(
            read.header.warnings == result.header.warnings && read.header.choices == result.header.choices)
    }
}
