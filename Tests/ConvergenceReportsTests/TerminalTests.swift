import ConvergenceReports
import ConvergenceStudies
import Testing

struct TerminalTests {
    @Test func everyLineFitsAHundredColumns() {
        for result in [Synthetic.single, Synthetic.layered, Synthetic.many] {
            for line in TerminalReport(.tables).render(result).split(separator: "\n") {
                #expect(line.count <= 100)
            }
        }
    }

    @Test("the default is a screen: verdicts, one table with intervals and orders, and what to do next")
    func screen() throws {
        let text = TerminalReport().render(Synthetic.single)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 45 && lines.allSatisfy { $0.count <= 100 }, "\(text)")
        #expect(text.hasPrefix("quickstart: fail, of 6 expectations 1 fails, 1 is inconclusive, 4 pass\n"))
        let places = try ["  fail\n", "  inconclusive\n", "  pass\n", "strong-final (V-units): ", "\nnext\n"]
            .map {
                try #require(text.firstRange(of: $0)?.lowerBound, "\($0)")
            }
        #expect(places == places.sorted(), "what did not pass comes first")
        #expect(
            text.contains("0.1007(16)") && text.contains("[0.0975, 0.1039]")
                && text.contains("0.51 [0.48, 0.54]"))
        #expect(!text.contains("mean-cos-V") && text.contains("--verbose"))
        #expect(text.contains("paths would") && text.contains("--paths "))
        for result in [Synthetic.layered, Synthetic.many, Synthetic.empty, Synthetic.degenerate] {
            #expect(TerminalReport().render(result).split(separator: "\n").count <= 60)
        }
    }

    @Test func theVerdictAloneIsALine() {
        #expect(
            TerminalReport(.verdict).render(Synthetic.single)
                == "quickstart: fail, of 6 expectations 1 fails, 1 is inconclusive, 4 pass\n")
    }

    @Test("who diverges is named on the screen")
    func diverging() {
        var result = Synthetic.single
        (result.rows[1].value, result.rows[1].resolved) = (nil, false)
        result.rows[1].note = "diverges: V or I is beyond 1e+30 on 3 of 65536 paths"
        let text = TerminalReport().render(result)
        #expect(
            text.contains("euler-maruyama at h = 1/4 ms diverges: V or I is beyond 1e+30 on 3 of 65536 paths")
        )
    }

    @Test func theVerdictStandsFirst() {
        let first = TerminalReport(.tables).render(Synthetic.single).split(separator: "\n")[0]
        #expect(first == "quickstart: fail, of 6 expectations 1 fails, 1 is inconclusive, 4 pass")
        let none = TerminalReport(.tables).render(Synthetic.empty).split(separator: "\n")[0]
        #expect(none == "quickstart: no verdict, nothing was expected")
    }

    @Test func thereIsOneMinusSign() {
        var result = Synthetic.single
        result.orders[1].order = -0.2
        #expect(TerminalReport(.tables).render(result).contains("-0.20 ["))
        #expect(!TerminalReport(.tables).render(result).contains(Numbers.minus))
    }

    @Test func scalarsAreMatricesUnderTheirReference() throws {
        let text = TerminalReport(.tables).render(Synthetic.single)
        let lines = text.split(separator: "\n").map(String.init)
        let title = try #require(lines.firstIndex(of: "lyapunov-V by twin (1/ms)  exact-event -0.03651(7)"))
        #expect(lines[title + 1].split(separator: " ").count == 1 + Synthetic.steps.count)
        let values = lines[title + 3].split(separator: " ")
        #expect(values.count == 1 + Synthetic.steps.count && values[0] == "euler-maruyama")
        #expect(lines.contains("mean-cos-V  exact-event 0.8541(4)"), "a scalar without steps is a line")
    }

    @Test func valuesHaveTheirErrors() {
        let text = TerminalReport(.tables).render(Synthetic.single)
        #expect(text.contains("0.1007(16)") && text.contains("+0.0292(7)") && text.contains("-0.0244(6)"))
        #expect(text.contains("0.51 [0.48, 0.54]") && text.contains("0.5 ± 0.1"))
        #expect(text.contains("-0.03655(4)"))
    }

    @Test func unresolvedLevelsAreMarkedAndExplained() {
        let text = TerminalReport(.tables).render(Synthetic.single)
        #expect(text.contains("1.7(8)e-5?") && text.contains("? unresolved"))
        #expect(!text.contains("0.1007(16)?"))
        var resolved = Synthetic.single
        for index in resolved.rows.indices { resolved.rows[index].resolved = true }
        #expect(!TerminalReport(.tables).render(resolved).contains("?"))
    }

    @Test func theNetworkComesFirstAndLayersFollow() throws {
        let text = TerminalReport(.tables).render(Synthetic.layered)
        let network = try #require(text.firstRange(of: "strong-final (V-units)"))
        let layers = try #require(text.firstRange(of: "layer-1"))
        #expect(network.lowerBound < layers.lowerBound)
        #expect(!TerminalReport(.tables).render(Synthetic.single).contains("layer-"))
    }

    @Test func colourIsOnlyForTerminals() {
        let plain = TerminalReport(.tables).render(Synthetic.single)
        let coloured = TerminalReport(.tables, colour: true).render(Synthetic.single)
        #expect(!plain.contains("\u{1B}"))
        #expect(
            coloured.contains("quickstart: \u{1B}[1;31mfail\u{1B}[0m, of")
                && coloured.contains("\u{1B}[32mpass\u{1B}[0m"))
        #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
    }
}
