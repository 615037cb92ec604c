/// What a multilevel estimator takes its samples from.
package protocol LevelSampling: Sendable {
    /// From the coarsest one to that of the reference.
    var levelCount: Int { get }

    /// The sums over some paths of a level.
    ///
    /// The same path of another level, or of another stream, has noise of its own.
    ///
    /// - Parameter paths: Both bounds are multiples of `LevelAllocation.grain`.
    func sums(level: Int, stream: Int, paths: Range<Int>) throws -> LevelSums
}
