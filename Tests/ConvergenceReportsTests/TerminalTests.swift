import ConvergenceReports
import ConvergenceStudies
import Testing

struct TerminalTests {
    @Test func everyLineFitsAHundredColumns() {
        for result in [Synthetic.single, Synthetic.layered, Synthetic.many] {
            for line in TerminalReport().render(result).split(separator: "\n") { #expect(line.count <= 100) }
        }
    }

    @Test func valuesHaveTheirErrors() {
        let text = TerminalReport().render(Synthetic.single)
        #expect(text.contains("0.1007(16)") && text.contains("+0.0292(7)") && text.contains("-0.0244(6)"))
        #expect(text.contains("0.51 [0.48, 0.54]") && text.contains("0.5 ± 0.1"))
        #expect(text.contains("-0.03655(4)"))
    }

    @Test func unresolvedLevelsAreMarkedAndExplained() {
        let text = TerminalReport().render(Synthetic.single)
        #expect(text.contains("1.7(8)e-5?") && text.contains("? unresolved"))
        #expect(!text.contains("0.1007(16)?"))
        var resolved = Synthetic.single
        for index in resolved.rows.indices { resolved.rows[index].resolved = true }
        #expect(!TerminalReport().render(resolved).contains("?"))
    }

    @Test func theNetworkComesFirstAndLayersFollow() throws {
        let text = TerminalReport().render(Synthetic.layered)
        let network = try #require(text.firstRange(of: "strong-final (V-units)"))
        let layers = try #require(text.firstRange(of: "layer-1"))
        #expect(network.lowerBound < layers.lowerBound)
        #expect(!TerminalReport().render(Synthetic.single).contains("layer-"))
    }

    @Test func colourIsOnlyForTerminals() {
        let plain = TerminalReport().render(Synthetic.single)
        let coloured = TerminalReport(colour: true).render(Synthetic.single)
        #expect(!plain.contains("\u{1B}"))
        #expect(
            coloured.contains("\u{1B}[1;31mfail\u{1B}[0m") && coloured.contains("\u{1B}[32mpass\u{1B}[0m"))
        #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
    }
}
