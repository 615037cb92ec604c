import ConvergenceReports
import ConvergenceStudies
import Foundation
import Testing

struct FindingsTests {
    @Test func failuresComeFirst() throws {
        let summary = Findings(result: Synthetic.single).summary
        #expect(summary.contains("Of 6 expectations 1 fails, 1 is inconclusive, 4 pass"))
        let failure = try #require(
            summary.firstRange(of: "weak exp-V2 of euler-maruyama falls with order 1.01"))
        let success = try #require(
            summary.firstRange(
                of: "strong-final of euler-maruyama falls with order 0.51 [0.48, 0.54], as expected"))
        #expect(failure.lowerBound < success.lowerBound)
    }

    @Test func withoutExpectationsTheOrdersAreTold() {
        var result = Synthetic.single
        for index in result.orders.indices { result.orders[index].expected = nil }
        let summary = Findings(result: result).summary
        #expect(summary.contains("strong-final of exact-propagator+hermite falls with order 0.68"))
        #expect(!summary.contains("expect"))
    }

    @Test func theBestIntegratorIsNamed() {
        let summary = Findings(result: Synthetic.single).summary
        #expect(
            summary.contains(
                "At h = 1/32 ms strong-final is smallest for exact-propagator+hermite, 0.0029(4) V-units"))
    }

    @Test func anErrorThatGrowsIsNotSaidToFall() {
        var order = Synthetic.single.orders[1]
        order.order = -0.2
        #expect(
            Findings(result: Synthetic.single).sentence(order).contains("grows as h falls, with order −0.20"))
    }

    @Test func theTailExponentIsMeasured() throws {
        let figure = try #require(CrossingSpeedFigure(Synthetic.single))
        let exponent = try #require(figure.exponent)
        #expect(abs(exponent.value - 2.5) < 4 * exponent.standardError)
        #expect(exponent.standardError < 0.2)
        #expect(zip(figure.points, figure.points.dropFirst()).allSatisfy { $0.probability <= $1.probability })
        #expect(figure.points.last?.probability == 1)
    }

    @Test func whatLiesBelowTheFirstEdgeCountsAsSlow() throws {
        var result = Synthetic.empty
        result.distributions = [
            Distribution(
                name: "crossing-speed", integrator: "exact-event", h: nil, unit: "V-units/ms",
                edges: [0.01, 0.1, 1],
                counts: [30, 60], below: 10, above: 0)
        ]
        #expect(try #require(CrossingSpeedFigure(result)).points.map(\.probability) == [0.1, 0.4, 1])
    }
}
