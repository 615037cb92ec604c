/// Okabe and Ito's colours, darkened where they would be too light on white, in the order of the page's style sheet.
///
/// Source: M. Okabe, K. Ito, "Color Universal Design", 2008, https://jfly.uni-koeln.de/color.
enum Palette {
    static let onPaper = ["0072b2", "d55e00", "009e73", "b8578f", "b07d00", "3a9bd1", "1a1a1a"]
    /// Guides and notes.
    static let soft = "5a5a5a"

    static func hex(_ style: SeriesStyle?) -> String {
        style.map { onPaper[$0.colour % onPaper.count] } ?? soft
    }
}
