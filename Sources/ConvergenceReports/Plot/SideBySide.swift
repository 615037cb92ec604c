extension Plot {
    /// Between neighbours, in page units, where there is room for it.
    private static let comfortable = 5.0
    /// The share of the distance between two steps that the points of one step may take.
    private static let share = 0.45

    /// Shift of series number `position` of `count`, so that points at the same step stand side by side.
    func shift(_ position: Int, of count: Int) -> Double {
        let ticks = horizontal.ticks.major.map { horizontal.share($0.value) }.sorted()
        let nearest = zip(ticks, ticks.dropFirst()).map { $1 - $0 }.min() ?? 1
        // The frame takes most of the width; what the labels beside it take is of no importance here.
        let room = Self.share * nearest * 0.85 * PlotLayout.width
        let distance = min(Self.comfortable, room / Double(max(1, count - 1)))
        return (Double(position) - Double(count - 1) / 2) * distance
    }
}
