/// All reasons for which something is refused as one sentence, so that all can be mended at once; nil where there is none.
package func reasons(_ reasons: String?...) -> String? {
    let given = reasons.compactMap(\.self)
    return given.isEmpty ? nil : given.joined(separator: "; and ")
}
