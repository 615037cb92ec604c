import ConvergenceReports
import Foundation
import Testing

struct GuideTests {
    static let points: [(x: Double, y: Double)] = [(0.03125, 0.025), (0.125, 0.05), (0.5, 0.1), (0.5, 0.003)]

    @Test(arguments: [0.5, 1, 2.5])
    func aGuideHasItsSlopeAndCrossesNoPoint(exponent: Double) throws {
        for side in [Guide.Side.above, .below] {
            let guide = try #require(Guide.along(Self.points, exponent: exponent, label: "", side: side))
            let slope = log(guide.end.y / guide.start.y) / log(guide.end.x / guide.start.x)
            #expect(abs(slope - exponent) < 1e-12)
            for point in Self.points {
                let height = guide.start.y * pow(point.x / guide.start.x, exponent)
                #expect(side == .above ? height > point.y : height < point.y)
            }
        }
    }

    @Test func oneStepHasNoSlope() {
        #expect(Guide.along([(0.5, 0.1), (0.5, 0.2)], exponent: 1, label: "", side: .above) == nil)
        #expect(Guide.along([(0.5, 0), (0.25, 0)], exponent: 1, label: "", side: .above) == nil)
    }
}
