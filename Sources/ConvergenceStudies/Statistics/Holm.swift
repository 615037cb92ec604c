/// Holm's step-down correction: many tests, one probability of any false rejection, whatever their dependence.
///
/// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70, https://www.jstor.org/stable/4615733.
package enum Holm {
    /// Adjusted p-values: a test is rejected at family-wise level α where its adjusted p-value is at most α.
    ///
    /// - Parameter probabilities: nil for a test that could not be made, which counts as one of the family all the same:
    ///   what could be made must not depend on the data.
    package static func adjusted(_ probabilities: [Double?]) -> [Double?] {
        var adjusted: [Double?] = .init(repeating: nil, count: probabilities.count)
        let ascending = probabilities.indices.filter { probabilities[$0] != nil }
            .sorted { (probabilities[$0]!, $0) < (probabilities[$1]!, $1) }
        var least = 0.0
        for (rank, index) in ascending.enumerated() {
            least = max(least, min(1, Double(probabilities.count - rank) * probabilities[index]!))
            adjusted[index] = least
        }
        return adjusted
    }
}
