/// What everybody who names, plots, explains or refuses a measure has to know of it.
public struct MeasureDescriptor: Hashable, Sendable {
    /// The name of the rows.
    public var name: String
    /// A line for a list of measures.
    public var summary: String
    /// Unit of the value; empty for a pure number.
    public var unit: String
    /// Short enough for an axis.
    public var axisLabel: String
    /// One sentence for a reader who has not met the measure.
    public var sentence: String
    /// What an error of it is relative to, where it is said in per cent; there is no default, for nobody else knows.
    public var size: NaturalSize
    /// Whether the sign of the value is a finding: a bias.
    public var isSigned: Bool
    /// What it cannot be measured without.
    public var needs: MeasureNeeds

    public init(
        name: String, summary: String, unit: String, axisLabel: String, sentence: String, size: NaturalSize,
        isSigned: Bool = false, needs: MeasureNeeds = .commonPath
    ) {
        (self.name, self.summary, self.unit) = (name, summary, unit)
        (self.axisLabel, self.sentence) = (axisLabel, sentence)
        (self.size, self.isSigned, self.needs) = (size, isSigned, needs)
    }
}
