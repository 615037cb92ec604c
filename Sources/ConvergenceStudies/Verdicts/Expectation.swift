extension Study {
    /// What the study expects of a number it finds.
    public struct Expectation: Hashable, Sendable {
        /// What the number is.
        public enum Quantity: Hashable, Sendable {
            /// The observed order of convergence of an error.
            case order(MeasureChoice)
            /// An error itself.
            ///
            /// - Parameter h: The step in ms; the study's finest where nil.
            case error(MeasureChoice, h: Double?)
            /// A property of a single process, such as a rate or a Lyapunov exponent.
            ///
            /// - Parameters:
            ///   - method: Needed only for a scalar that is found by several methods.
            ///   - h: The step in ms; the study's finest where nil.  A reference's scalars have no step.
            case scalar(name: String, method: String?, h: Double?)
        }

        public enum Kind: String, Sendable, CaseIterable {
            /// The number is `expected` within `tolerance`.
            case equals
            /// The number is not below `expected` by more than `tolerance`.
            case atLeast = "at-least"
            /// The error is bounded: it falls at least with the order `expected`, or its size is at most `expected`;
            /// either within `tolerance`.
            case bound
        }

        public var quantity: Quantity
        /// The name of an integrator; for scalars also that of the reference.
        public var integrator: String
        /// The case the expectation is about, `network` where the file names none.
        public var `case`: String
        public var kind: Kind
        /// The order, or the value in the unit of the error or the scalar.
        public var expected: Double
        /// Not negative, and in the same unit.
        public var tolerance: Double

        public init(
            _ quantity: Quantity, integrator: String, case: String = "network", kind: Kind = .equals,
            expected: Double, tolerance: Double = 0
        ) {
            self.quantity = quantity
            self.integrator = integrator
            self.case = `case`
            self.kind = kind
            self.expected = expected
            self.tolerance = tolerance
        }

        /// The expectation of an order.
        public init(
            measure: MeasureChoice, integrator: String, case: String = "network", kind: Kind = .equals,
            order: Double, tolerance: Double
        ) {
            self.init(
                .order(measure), integrator: integrator, case: `case`, kind: kind, expected: order,
                tolerance: tolerance)
        }
    }
}

extension Study.Expectation {
    /// Where the number may lie.
    var region: Region {
        switch (kind, quantity) {
        case (.equals, _): Region(low: expected - tolerance, high: expected + tolerance)
        case (.atLeast, _), (.bound, .order): Region(low: expected - tolerance, high: .infinity)
        case (.bound, .scalar): Region(low: -.infinity, high: expected + tolerance)
        // A bias may have either sign.
        case (.bound, .error): Region(low: -(expected + tolerance), high: expected + tolerance)
        }
    }
}

/// An interval that a number is expected in; either end may be infinite.
package struct Region: Hashable, Sendable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// Where the square of a number lies that is not negative and lies here.
    var ofSquares: Region {
        Region(low: low > 0 ? low * low : -.infinity, high: high >= 0 ? high * high : -high * high)
    }
}
