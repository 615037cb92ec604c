import ConvergenceReports
import Foundation
import Testing

struct TickTests {
    static let ranges: [ClosedRange<Double>] = [
        0...1, 0...100, -0.04...1.07, 45...53, -0.0386...(-0.0359), 0.99999...1.00001, 1e-9...3e-9,
        -5e6...2e7,
    ]

    @Test(arguments: ranges)
    func linearTicksAreFewEvenAndInside(range: ClosedRange<Double>) throws {
        let ticks = Ticks.linear(range)
        let values = ticks.major.map(\.value)
        #expect((3...9).contains(values.count))
        let slack = (range.upperBound - range.lowerBound) * 1e-5
        for value in values + ticks.minor {
            #expect(value > range.lowerBound - slack && value < range.upperBound + slack)
        }
        let step = values[1] - values[0]
        for (low, high) in zip(values, values.dropFirst()) { #expect(abs(high - low - step) < step * 1e-6) }
        let mantissa = step / pow(10, log10(step * 1.000001).rounded(.down))
        #expect([1, 2, 5].contains { abs($0 - mantissa) < 1e-4 })
        #expect(Set(ticks.major.map(\.label)).count == values.count, "labels must tell ticks apart")
    }

    @Test(arguments: [1e-3...1e-1, 8e-4...0.2, 1e-12...1e3, 2e-5...3.1e-5, 0.8...9, 0.9...1.1, 0.02...0.3])
    func logarithmicTicksAreFewLabelledApartAndInside(range: ClosedRange<Double>) {
        let ticks = Ticks.logarithmic(range)
        #expect((2...8).contains(ticks.major.count), "\(ticks.major)")
        #expect(Set(ticks.major.map(\.label)).count == ticks.major.count)
        for value in ticks.major.map(\.value) + ticks.minor {
            #expect(value >= range.lowerBound * 0.999 && value <= range.upperBound * 1.001)
        }
        let majors = Set(ticks.major.map(\.value))
        #expect(!ticks.minor.contains { majors.contains($0) })
    }

    @Test func decadesAreLabelledAsPowers() {
        #expect(Ticks.logarithmic(5e-4...20).major.map(\.label) == ["10⁻³", "10⁻²", "10⁻¹", "1", "10"])
        #expect(Ticks.logarithmic(0.015...0.06).major.map(\.label).contains("0.02"))
    }

    @Test func aSymmetricAxisHasZeroInTheMiddle() {
        let ticks = Ticks.symmetricLogarithmic(10, linearWithin: 1e-4)
        let values = ticks.major.map(\.value)
        #expect(values == values.reversed().map { -$0 })
        #expect(values.contains(0) && values == values.sorted())
        #expect(ticks.major.first?.label == "−10")
    }

    @Test func anAxisWithoutAnythingToShowStillHasARange() {
        for axis in [
            Axis.linear("", []), .linear("", [0]), .linear("", [3, 3]), .logarithmic("", []),
            .logarithmic("", [0, -1]), .logarithmic("", [2]), .steps("", [0.5]), .linear("", [.nan]),
            .linear("", [0, .leastNonzeroMagnitude]),
            .linear("", [1, 1.0.nextUp]),
        ] {
            #expect(axis.range.lowerBound < axis.range.upperBound)
            #expect(axis.share(axis.range.lowerBound) == 0 && axis.share(axis.range.upperBound) == 1)
        }
    }

    @Test func scalesAreMonotonous() {
        let scale = Scale.symmetricLogarithmic(linearWithin: 0.01)
        let values = [-10, -0.1, -0.01, -0.001, 0, 0.001, 0.01, 0.1, 10]
        let positions = values.map(scale.position)
        #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(positions, positions.reversed()).allSatisfy { abs($0 + $1) < 1e-12 })
    }
}
