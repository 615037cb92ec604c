/// Guesses what was meant by a misspelt name.
package enum NearestName {
    /// The candidate closest to `name`, or else one that begins with it; nil where nothing is worth suggesting.
    package static func suggestion(for name: String, among candidates: [String]) -> String? {
        let distances = candidates.map { ($0, distance(Array(name.lowercased()), Array($0.lowercased()))) }
        guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        if best.1 <= max(1, max(name.count, best.0.count) / 3) { return best.0 }
        // A name cut short: `tau`, `euler`.
        return name.count >= 3 ? candidates.first { $0.lowercased().hasPrefix(name.lowercased()) } : nil
    }

    /// What to do about a name that is not among the candidates.
    static func remedy(for name: String, among candidates: [String], otherwise: String) -> String {
        suggestion(for: name, among: candidates).map { "did you mean \"\($0)\"? (\(otherwise))" } ?? otherwise
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    ///
    /// The restricted Damerau-Levenshtein distance ("optimal string alignment"): no letter is edited twice.
    package static func distance(_ a: [Character], _ b: [Character]) -> Int {
        // Names in study files are short; an absurdly long one is not worth a quadratic search.
        guard a.count <= 100, b.count <= 100 else { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let replacement = rows[i][j] + (a[i] == b[j] ? 0 : 1)
                var best = min(replacement, rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
