import ConvergenceReports
import ConvergenceStudies
import Testing

struct CSVTests {
    @Test func theHeaderIsTheContract() {
        let lines = CSVReport().render(Synthetic.empty)
        #expect(
            lines
                == "study,case,integrator,reference,measure,observable,h,paths,value,std_error,ci_low,ci_high,"
                + "resolved,effective_sample,note,upper_bound,unit\n")
    }

    @Test func aRowIsWrittenInFull() throws {
        let text = CSVReport().render(Synthetic.single)
        let row = try #require(text.split(separator: "\n").dropFirst().first)
        #expect(
            row.hasPrefix("quickstart,network,euler-maruyama,exact-event,strong-final,,0.5,65536,0.1007,"))
        #expect(text.hasSuffix("\n") && text.split(separator: "\n").count == Synthetic.single.rows.count + 1)
    }

    @Test func numbersReadBackAsThemselves() throws {
        let text = CSVReport().render(Synthetic.single)
        for (line, row) in zip(text.split(separator: "\n").dropFirst(), Synthetic.single.rows) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(Double(fields[8]) == row.value && Double(fields[9]) == row.standardError)
        }
    }

    @Test func valuesHaveTheirUnits() {
        let lines = CSVReport().render(Synthetic.single).split(separator: "\n")
        #expect(lines.contains { $0.contains(",strong-final,") && $0.hasSuffix(",V-units") })
        #expect(lines.contains { $0.contains(",weak,spike-count,") && $0.hasSuffix(",spikes") })
    }

    @Test("orders and scalars have tables of their own, with every line of the result")
    func ordersAndScalars() throws {
        let orders = OrdersCSVReport().render(Synthetic.layered).split(separator: "\n")
        #expect(orders.count == 1 + Synthetic.layered.orders.count)
        #expect(
            orders[0]
                == "study,case,integrator,reference,measure,observable,order,ci_low,ci_high,levels,expected,tolerance,kind,verdict,intercept,asymptotic,note"
        )
        let first = orders[1].split(separator: ",", omittingEmptySubsequences: false)
        #expect(Double(first[6]) == Synthetic.layered.orders[0].order && first[13] == "pass")
        let scalars = ScalarsCSVReport().render(Synthetic.layered).split(separator: "\n")
        #expect(scalars.count == 1 + Synthetic.layered.scalars.count)
        #expect(scalars[0] == "study,case,name,method,integrator,h,value,std_error,ci_low,ci_high,unit,note")
        #expect(scalars.contains { $0.contains(",lyapunov-V,twin,") && $0.hasSuffix(",1/ms,") })
    }

    @Test func missingValuesAreEmpty() throws {
        var result = Synthetic.empty
        result.rows = [Synthetic.missing]
        let line = try #require(CSVReport().render(result).split(separator: "\n").last)
        #expect(line.contains(",0.5,65536,,,,,false,0.0,no spike was matched,,"))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""),
        ("two\nlines", "\"two\nlines\""),
        ("two\r\nlines", "\"two\\r\nlines\""), ("", ""),
    ])
    func fieldsAreQuotedWhereTheyMust(field: String, expected: String) {
        #expect(CSVReport.quoted(field) == expected)
    }
}
