import ConvergenceReports
import Testing

struct NumberTests {
    /// The first six are the figures of the project's own specification.
    @Test(arguments: [
        (0.1007, 0.0016, "0.1007(16)"), (0.0497, 0.0017, "0.0497(17)"), (0.0323, 0.0007, "0.0323(7)"),
        (0.00367, 0.0002, "0.00367(20)"), (-0.0244, 0.0006, "-0.0244(6)"),
        (0.014904, 0.000021, "0.014904(21)"),
        (0.05, 0.096, "0.05(10)"), (0.05, 0.0949, "0.05(9)"), (3.67e-5, 2e-6, "3.67(20)e-5"),
        (9.98e-7, 4e-9, "9.98(4)e-7"), (9.998e-7, 3e-8, "1.000(30)e-6"), (12345, 230, "1.234(23)e4"),
        (71, 3, "71.0(30)"), (71, 4, "71(4)"), (0.0001, 0.0016, "0.0001(16)"),
    ])
    func uncertaintyHasTheDigitsItDeserves(value: Double, error: Double, expected: String) {
        #expect(Uncertainty.text(value, error).plain == expected)
    }

    @Test func withoutAnErrorAValueHasFourDigitsAndNoParentheses() {
        #expect(Uncertainty.text(0.123456, nil).plain == "0.1235")
        #expect(Uncertainty.text(0.123456, 0).plain == "0.1235")
        #expect(Uncertainty.text(0, 0).plain == "0")
        #expect(Uncertainty.text(1.23456e-8, nil).typeset == "1.235×10⁻⁸")
        #expect(Uncertainty.text(.nan, 0.1).plain == "nan")
    }

    @Test func aBiasShowsItsSignUnlessItIsZero() {
        #expect(Uncertainty.text(0.0292, 0.0007).signed.typeset == "+0.0292(7)")
        #expect(Uncertainty.text(-0.0292, 0.0007).signed.typeset == "−0.0292(7)")
        #expect(Uncertainty.text(0, 0).signed.typeset == "0")
        #expect(Uncertainty.text(0.00002, 0.0005).signed.typeset == "0.0000(5)")
    }

    @Test(arguments: [
        (0.09754, 0.10386, 0.0016, "[0.0975, 0.1039]"), (-8e-6, 5.3e-7, 2.2e-6, "[−8.0, 0.5]×10⁻⁶"),
        (-0.000347, -0.000036, 7.9e-5, "[−0.00035, −0.00004]"), (0, 0, 0, "[0, 0]"),
        (-0.03, -0.029, 0.0002, "[−0.03000, −0.02900]"),
    ])
    func intervals(low: Double, high: Double, error: Double, expected: String) {
        #expect(Interval.text(low, high, standardError: error) == expected)
    }

    @Test func stepsAreFractionsOfAMillisecond() {
        #expect(
            [0.5, 0.03125, 1, 2, 0.375, 0.00390625].map(Numbers.step) == [
                "1/2", "1/32", "1", "2", "0.375", "1/256",
            ])
    }

    @Test func zeroHasNoSignAndThousandsAreGrouped() {
        #expect(Numbers.fixed(-0.001, decimals: 2) == "0.00")
        #expect(
            [7, 1024, 65536, -1_234_567].map(Numbers.grouped) == [
                "7", "1\u{202F}024", "65\u{202F}536", "−1\u{202F}234\u{202F}567",
            ])
    }

    @Test(arguments: [
        (12.5, "12.5"), (-12.346, "-12.35"), (0.05, "0.05"), (-0.004, "0"), (300, "300"), (7.001, "7"),
        (1e300, nil),
        (.infinity, "inf"), (.nan, "nan"),
    ])
    func coordinatesHaveTwoDecimalsAtMost(value: Double, text: String?) {
        #expect(Numbers.coordinate(value) == text ?? Numbers.fixed(value, decimals: 0))
    }
}
