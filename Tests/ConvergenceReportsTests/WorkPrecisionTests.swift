import ConvergenceReports
import ConvergenceStudies
import Testing

struct WorkPrecisionTests {
    /// The synthetic result with times: each step takes twice as long as the one before, each integrator half as
    /// long again as the one before.
    static func timed(_ result: StudyResult) -> StudyResult {
        var timed = result
        var integrators: [String] = []
        for row in result.rows where !integrators.contains(row.integrator) {
            integrators.append(row.integrator)
        }
        timed.header.time.work = integrators.enumerated().flatMap { index, integrator in
            Synthetic.steps.map { h in
                Header.Work(
                    integrator: integrator, h: h, secondsPerPath: 1e-6 * (1 + 0.5 * Double(index)) * 0.5 / h)
            }
        }
        return timed
    }

    /// Seven schemes with four spike rules.
    static let kin: StudyResult = {
        var result = Synthetic.empty
        let rules = ["", "+linear", "+quadratic", "+hermite"]
        for (index, scheme) in ["one", "two", "three", "four", "exponential-euler", "six", "seven"]
            .enumerated()
        {
            for (position, rule) in rules.enumerated() {
                for row in Synthetic.single.rows where row.integrator == Synthetic.integrators[position] {
                    var copy = row
                    copy.integrator = scheme + rule
                    let factor = 1 + Double(index)
                    copy.value = copy.value.map { $0 * factor }
                    copy.intervalLow = copy.intervalLow.map { $0 * factor }
                    copy.intervalHigh = copy.intervalHigh.map { $0 * factor }
                    result.rows.append(copy)
                }
            }
        }
        return timed(result)
    }()

    private func markers(_ svg: String) -> Int {
        svg.matches(of: #/class="marker s/#).count
    }

    private func lines(_ svg: String) -> Int {
        svg.matches(of: #/class="curve s/#).count
    }

    @Test func everyIntegratorHasItsStepsAgainstTime() throws {
        let result = Self.timed(Synthetic.single)
        let figures = WorkPrecisionFigure.all(of: result)
        #expect(figures.count == 3)
        let svg = figures[0].plot.svg
        #expect(svg.contains(">strong-mean against the time per path</title>"))
        #expect(svg.contains("0.0984(11) in 1.0×10⁻⁶ s"))
        // A curve and a marker per integrator are the legend's.
        #expect(lines(svg) == 2 * 4 && markers(svg) == 4 * 5 + 4)
        let bias = figures[2].plot.svg
        #expect(bias.contains("marker s4 hollow") && bias.contains(">unresolved<"))
        #expect(!svg.contains("hollow"), "every level of strong-mean is resolved")
        let outline = try Outline(HTMLReport().render(result))
        #expect(outline.identifiers.contains("work-precision"))
        #expect(outline.drawings.count == 1 + 12 + 2 + 4 + 1 + 3 + 3)
    }

    @Test func theFinestStepIsAtTheRight() throws {
        let svg = WorkPrecisionFigure.all(of: Self.timed(Synthetic.single))[0].plot.svg
        let line = try #require(svg.matches(of: #/class="curve s1 d1" d="M([^"]*)"/#).last)
        let places = line.output.1.split(separator: "L").compactMap { Double($0.split(separator: ",")[0]) }
        #expect(places.count == 5 && places == places.sorted())
    }

    @Test func oneIntegratorIsNotCompared() throws {
        var result = Self.timed(Synthetic.single)
        result.rows.removeAll { $0.integrator != "euler-maruyama" }
        #expect(WorkPrecisionFigure.all(of: result).isEmpty)
        result.orders.removeAll { $0.integrator != "euler-maruyama" }
        #expect(try !Outline(HTMLReport().render(result)).identifiers.contains("work-precision"))
    }

    @Test func withoutTimesThereIsNoSection() throws {
        #expect(WorkPrecisionFigure.all(of: Synthetic.single).isEmpty)
        #expect(try !Outline(HTMLReport().render(Synthetic.single)).identifiers.contains("work-precision"))
    }

    @Test func integratorsWithoutTimesAreLeftOut() {
        var result = Self.timed(Synthetic.single)
        result.header.time.work.removeAll { $0.integrator == "exact-propagator" }
        for index in result.header.time.work.indices where result.header.time.work[index].h == 0.5 {
            result.header.time.work[index].secondsPerPath = 0
        }
        let svg = WorkPrecisionFigure.all(of: result)[0].plot.svg
        #expect(lines(svg) == 2 * 3 && markers(svg) == 3 * 4 + 3)
        #expect(!svg.contains("class=\"marker s3\"") && svg.contains("class=\"marker s4\""))
    }

    @Test func missingAndUnresolvedValuesAreBorne() throws {
        var result = Self.timed(Synthetic.single)
        for index in result.rows.indices {
            result.rows[index].resolved = false
            if result.rows[index].h == 0.25 {
                (result.rows[index].value, result.rows[index].intervalLow) = (nil, nil)
                result.rows[index].intervalHigh = nil
            }
        }
        let figure = try #require(WorkPrecisionFigure.all(of: result).first)
        // A marker per integrator is the legend's; the levels without a value have none.
        #expect(markers(figure.plot.svg) == 4 * 4 + 4)
        #expect(figure.finding == "No level is resolved, so nothing is known of the smallest error per time.")
        let html = try HTMLReport().render(Self.timed(Synthetic.degenerate))
        #expect(try !Outline(html).identifiers.contains("work-precision"))
    }

    @Test func theLeaderChangesOnlyWhereIntervalsPart() throws {
        var result = Self.timed(Synthetic.single)
        let cheap = "euler-maruyama"
        result.rows.removeAll { $0.measure != "strong-mean" || $0.h < 0.25 }
        result.rows.removeAll { ![cheap, "exact-propagator"].contains($0.integrator) }
        for index in result.rows.indices {
            let value = result.rows[index].integrator == cheap ? 0.1 : 0.04
            result.rows[index].value = value
            result.rows[index].resolved = true
            (result.rows[index].intervalLow, result.rows[index].intervalHigh) = (0.9 * value, 1.1 * value)
        }
        func finding() throws -> String { try #require(WorkPrecisionFigure.all(of: result).first).finding }
        #expect(
            try finding()
                == "euler-maruyama has the smallest error at the shortest times; exact-propagator takes the lead "
                + "at 2.0×10⁻⁶ s per path, and reaches 0.040 V-units at h = 1/2 ms.")
        let measured = result
        for index in result.header.time.work.indices where result.header.time.work[index].integrator != cheap
        {
            result.header.time.work[index].secondsPerPath *= 0.6
        }
        #expect(
            try finding()
                == "exact-propagator has the smallest error at any time and reaches 0.040 V-units at h = 1/2 ms.",
            "a lead too brief to be timed")
        result = measured
        for index in result.rows.indices { result.rows[index].intervalHigh = 0.2 }
        #expect(
            try finding()
                == "euler-maruyama has the smallest error at any time and reaches 0.10 V-units at h = 1/2 ms."
        )
    }

    @Test func manyIntegratorsHaveALegendOfSchemesAndRules() throws {
        let figure = try #require(WorkPrecisionFigure.all(of: Self.kin).first)
        let svg = figure.plot.svg
        #expect(lines(svg) == 28 && markers(svg) == 28 * 5)
        let legend = svg.matches(
            of: #/<text class="legend" x="([\d.]+)" y="[\d.]+" text-anchor="start">([^<]*)</#)
        let names = legend.map { String($0.output.2) }
        #expect(
            names.contains("exponential-euler") && names.contains("+hermite") && names.contains("on the grid")
        )
        #expect(names.count == 7 + 4)
        for entry in legend {
            let end = try #require(Double(entry.output.1)) + 7.1 * Double(entry.output.2.count)
            #expect(end <= 440, "\(entry.output.2)")
        }
        #expect(svg.contains("curve s7 d4"))
    }

    @Test func stylesAreTheSameInEveryFigure() throws {
        let strong = Quantity(measure: "strong-mean", observable: "")
        let work = try #require(WorkPrecisionFigure.all(of: Self.kin).first).plot.svg
        let step = try #require(ErrorFigure.network(strong, in: Self.kin, identifier: "x")).svg
        func classes(_ svg: String) -> [String] {
            svg.matches(of: #/class="curve (s\d d\d)"/#).map { String($0.output.1) }
        }
        #expect(classes(work) == classes(step) && Set(classes(work)).count == 28)
    }

    @Test func pointsOfOneStepKeepClearOfTheNext() throws {
        let strong = Quantity(measure: "strong-mean", observable: "")
        let svg = try #require(ErrorFigure.network(strong, in: Self.kin, identifier: "x")).svg
        let bars = svg.matches(of: #/class="bar s\d" d="M([\d.]+),[\d.]+L([\d.]+),[^L"]*"/#)
        let places = bars.filter { $0.output.1 == $0.output.2 }.compactMap { Double($0.output.1) }.sorted()
        let gaps = zip(places, places.dropFirst()).map { $1 - $0 }
        #expect(gaps.filter { $0 > 15 }.count == Synthetic.steps.count - 1)
    }

    @Test func thePageOfManyIntegratorsIsNarrow() throws {
        var result = Self.kin
        result.orders = Synthetic.single.orders.flatMap { order in
            (0..<2).map { copy in
                var order = order
                order.integrator = (copy == 0 ? "one" : "two") + "+linear"
                return order
            }
        }
        let html = try HTMLReport().render(result)
        #expect(
            html.contains("<thead><tr><th scope=\"col\">integrator</th><th scope=\"col\">strong-final</th>"))
        #expect(html.contains("<details><summary>the values of 28 integrators</summary>"))
        #expect(try !HTMLReport().render(Synthetic.single).contains("<summary>the values"))
    }
}
