import SpikingNumerics

/// The root cell of a study that names none.
extension StudyFileValue {
    /// The usual one where all steps divide it, else the largest up to it that does; where there is none, the one that
    /// most steps divide.
    ///
    /// On the `steps` key.  Steps that are no numbers are left to `steps(rootCell:)`, which reports them.
    func chosenRootCell() -> Double {
        let usual = Study.Sampling(paths: 1).rootCell
        let steps = (node.sequence ?? []).compactMap { $0.float }.filter { $0 > 0 && $0 <= usual }
        func fits(_ rootCell: Double) -> Int {
            steps.count { Self.isAdmissible($0, rootCell: rootCell) }
        }
        // Doubling changes no digit, so a step divides its own cell exactly.
        let cells = [usual] + steps.map { $0 * (usual / $0).powerOfTwo }
        let most = cells.map(fits).max() ?? 0
        return cells.first { fits($0) == most } ?? usual
    }

    /// Says which root cell was chosen, where it is not the usual one.
    func remarkOnRootCell(_ rootCell: Double) {
        guard rootCell != Study.Sampling(paths: 1).rootCell else { return }
        problems.choose(
            "sampling.root_cell",
            "\(rootCell.shortest) ms was chosen, which all steps are a power-of-two fraction of")
    }
}

extension Double {
    /// The largest power of two up to it.
    fileprivate var powerOfTwo: Double { Double(sign: .plus, exponent: exponent, significand: 1) }
}
