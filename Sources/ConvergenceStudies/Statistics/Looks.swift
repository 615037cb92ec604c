/// When a run that goes on until everything is decided looks at what it has.
package enum Looks {
    /// So many times a study's own paths are run at most, unless it is told otherwise.
    package static let defaultFactor = 64

    /// Numbers of paths, each twice the one before, up to a maximum.
    ///
    /// Doubling makes few looks, of which each can spend much, and never runs more than twice the paths that were needed.
    ///
    /// - Parameter block: All numbers but the last are multiples of it.
    package static func doubling(from first: Int, to maximum: Int, block: Int) -> [Int] {
        var looks: [Int] = []
        var paths = (first + block - 1) / block * block
        while paths < maximum {
            looks.append(paths)
            paths *= 2
        }
        return looks + [maximum]
    }
}
