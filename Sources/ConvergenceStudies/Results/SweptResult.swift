/// Results of one sweep and of others of its name.
extension StudyResult {
    /// Whether both are points of one sweep: of the same study but for what is swept, on the same paths.
    package func isPoint(ofSweepOf other: StudyResult) -> Bool {
        guard let (mine, its) = header.point.flatMap({ a in other.header.point.map { (a, $0) } }) else {
            return false
        }
        return mine.of == its.of && mine.at.keys == its.at.keys && header.seed == other.header.seed
            && header.paths == other.header.paths && unsweptText == other.unsweptText
    }

    /// The study's text without its name, its point, what it expects there and the lines that hold what is swept.
    private var unsweptText: [Substring] {
        let names = Set((header.point?.at.keys.map { $0 } ?? []).compactMap { $0.split(separator: ".").last })
        var kept: [Substring] = []
        var isLeftOut = false
        for line in header.studyText.split(separator: "\n") {
            if let first = line.first, first != " ", first != "-" {
                isLeftOut = ["study:", "point:", "expect:"].contains { line.hasPrefix($0) }
            }
            let key = line.drop { $0 == " " || $0 == "-" }.prefix { $0 != ":" }
            if !isLeftOut, !names.contains(key) { kept.append(line) }
        }
        return kept
    }
}
