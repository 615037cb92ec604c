/// A way of writing figures down so that other programs can draw them.
public protocol FigureFormat: Sendable {
    /// What `--format` calls it.
    var name: String { get }
    /// One line for `spikeverify list formats`.
    var summary: String { get }

    /// The files for the figures of a result, to lie in one folder; their names begin with the figure's identifier.
    func files(of plots: [Plot]) -> [FigureFile]
}

/// A file beside others of its folder.
public struct FigureFile: Equatable, Sendable {
    public var name: String
    public var text: String
}
