import ConvergenceReports
import Testing

struct CatalogueTests {
    @Test func everyFormatHasANameOfItsOwn() {
        let names = ReportCatalogue.formats.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            names == ["html", "csv", "orders-csv", "scalars-csv", "crossings", "json", "terminal", "tables"])
    }

    @Test func everyFormatRendersEveryResult() throws {
        for format in ReportCatalogue.formats {
            for result in [Synthetic.single, Synthetic.layered, Synthetic.empty, Synthetic.degenerate] {
                var result = result
                result.crossings = [.init(path: 0, neuron: 0, time: 1, speed: 0.1)]
                #expect(try format.render(result).hasSuffix("\n"), "\(format.name)")
            }
        }
    }

    @Test func aFormatIsFoundByItsName() {
        #expect(ReportCatalogue.format(named: "csv")?.fileName == "rows.csv")
        #expect(ReportCatalogue.format(named: "pdf") == nil)
    }
}
