/// A number that somebody has published, and how it was found.
public struct PublishedFigure: Hashable, Sendable {
    /// What the number is.
    public enum Quantity: Hashable, Sendable {
        /// A scalar of the study, by its name.
        case scalar(String)
        /// Of a scalar over the points of a sweep.
        case derived(DerivedQuantity, of: String)
    }

    public var quantity: Quantity
    /// `network`, or a population.
    public var `case`: String
    /// In the scalar's own unit.
    public var value: Double
    /// Nil where none was published.
    public var standardError: Double?
    /// How far the value may be from the limit and still hold, relative to its size; of a value of 0, absolute.
    public var tolerance: Double
    /// The step that it was found with, in ms; nil where that is not known.
    public var h: Double?
    /// What found it; nil where that is not known.
    public var integrator: String?
    /// Where it is to be read: a DOI, a figure's number.
    public var source: String
    /// As the file wrote it, and in which unit.
    public var written: String

    /// Two per cent: about what a reader takes from a figure.
    public static let usualTolerance = 0.02

    public init(
        _ quantity: Quantity, case: String = "network", value: Double, standardError: Double? = nil,
        tolerance: Double = usualTolerance, h: Double? = nil, integrator: String? = nil, source: String,
        written: String = ""
    ) {
        (self.quantity, self.case, self.value, self.standardError) = (quantity, `case`, value, standardError)
        (self.tolerance, self.h, self.integrator, self.source) = (tolerance, h, integrator, source)
        self.written = written.isEmpty ? "\(value)" : written
    }

    /// How far from the limit it may be, in its own unit.
    var slack: Double { value == 0 ? tolerance : tolerance * abs(value) }

    /// As results name it.
    public var name: String {
        switch quantity {
        case .scalar(let name): name
        case .derived(let derived, let scalar):
            scalar == ProcessMeans.firingRate.name ? derived.rawValue : "\(derived.rawValue) of \(scalar)"
        }
    }

    /// The scalar that has to be measured for it.
    var scalar: String {
        switch quantity {
        case .scalar(let name), .derived(_, let name): name
        }
    }

    /// Whether it is about a sweep as a whole.
    var isDerived: Bool {
        if case .derived = quantity { return true }
        return false
    }
}
