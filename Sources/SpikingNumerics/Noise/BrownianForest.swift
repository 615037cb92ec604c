/// The Brownian trees of a problem: one for every kind of neuron, since kinds differ in their functionals.
///
/// All trees have one root cell, and a neuron's noise is keyed by its own number, whatever its kind.
public struct BrownianForest: Sendable {
    /// In the order of the problem's models.
    public let trees: [BrownianTree]
    public let content: NoiseContent
    private let modelIndices: [Int]

    /// - Parameters:
    ///   - rootCell: Width of the root cell, ms.
    ///   - content: At least what every integrator of the simulation asks for.
    /// - Throws: `GSLError` if a factorisation fails.
    public init(_ problem: Problem, rootCell: Double, content: NoiseContent = .functionals) throws {
        self.content = content
        trees = try problem.models.map {
            try BrownianTree(functionals: content.functionals(of: $0), rootCell: rootCell)
        }
        modelIndices = problem.modelIndices
    }

    public subscript(neuron neuron: Int) -> BrownianTree {
        trees[modelIndices.isEmpty ? 0 : modelIndices[neuron]]
    }

    public var grid: TimeGrid { TimeGrid(rootCell: trees[0].rootCell) }

    /// Width in ms of the cells of a level.
    public func width(level: Int) -> Double { trees[0].width(level: level) }
}
