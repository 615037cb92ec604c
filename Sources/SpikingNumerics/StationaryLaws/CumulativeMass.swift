/// The mass below V, at one I, as a function of V between the faces of a mesh.
///
/// In a cell it is the cubic through the cell's two faces and their neighbours.  Mass that moves up leaves a cell by its
/// upper face and mass that moves down by its lower, so what moves is third order and upwind.
package struct CumulativeMass {
    private let rows: Int
    private let resetFace: Int
    /// V-units; beyond the threshold one more face, as far as the last below it, for mass that moves down: above the
    /// threshold nothing is left.
    private let faces: [Double]

    package init(mesh: PhaseMesh) {
        rows = mesh.rows
        resetFace = mesh.resetFace
        let top = mesh.voltageFaces[rows]
        faces = mesh.voltageFaces + [2 * top - mesh.voltageFaces[rows - 1]]
    }

    /// A linear combination of the cumulative masses at faces from `first` on.
    package struct Stencil {
        package var first: Int
        package var weights: [Double]
    }

    /// The mass below V.
    ///
    /// - Parameters:
    ///   - voltage: Between the first face and the threshold.
    ///   - cell: The cell that V lies in, or on the edge of.
    ///   - crossesThreshold: Whether V moves up at the threshold, at this I.
    package func value(at voltage: Double, cell: Int, crossesThreshold: Bool) -> Stencil {
        let nodes = nodes(cell: cell, crossesThreshold: crossesThreshold)
        return Stencil(
            first: nodes.lowerBound,
            weights: CumulativeInterpolation.weights(nodes: Array(faces[nodes]), at: voltage))
    }

    /// The density at a face from the cell that mass comes from, as weights of the masses of cells from `first` on.
    package func density(face: Int, cell: Int, crossesThreshold: Bool) -> Stencil {
        let nodes = nodes(cell: cell, crossesThreshold: crossesThreshold)
        let weights = CumulativeInterpolation.derivativeWeights(nodes: Array(faces[nodes]), at: faces[face])
        let inside = CumulativeInterpolation.cellWeights(weights).prefix(rows - nodes.lowerBound)
        return Stencil(first: nodes.lowerBound, weights: Array(inside))
    }

    private func nodes(cell: Int, crossesThreshold: Bool) -> Range<Int> {
        if cell == rows - 1, crossesThreshold { return rows - 3..<rows + 1 }
        return max(cell - 1, 0)..<cell + 3
    }

    /// How a unit of mass at V, near the reset, is laid down in the four nearest cells such that the mean of every cubic
    /// polynomial stays what it is.
    package func deposit(at voltage: Double) -> Stencil {
        var face = resetFace
        while face < rows - 2, faces[face + 1] - voltage < voltage - faces[face] { face += 1 }
        let nodes = face - 2..<face + 3
        let weights = CumulativeInterpolation.derivativeWeights(nodes: Array(faces[nodes]), at: voltage)
        // f = Σ over cells of (mean of f' there) · width · Σ weights above.
        let masses = CumulativeInterpolation.cellWeights(weights).enumerated().map { k, weight in
            weight * (faces[nodes.lowerBound + k + 1] - faces[nodes.lowerBound + k])
        }
        return Stencil(first: nodes.lowerBound, weights: masses)
    }
}
