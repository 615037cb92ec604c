/// A run whose work depends on its path: it splits cells of the Brownian tree as far as the path demands.
package protocol SplittingRun: Run {
    /// How many cells it has split since it was made, over all neurons and paths.
    var splitCells: Int { get }
}
