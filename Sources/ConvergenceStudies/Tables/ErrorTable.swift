/// Errors by path and step, whoever has measured them.
public struct ErrorTable: Sendable {
    /// What is wrong with a table, for a person: where, what, and what to do.
    public struct Problem: Error, CustomStringConvertible, Sendable {
        public var place: String
        public var message: String
        public var remedy: String

        public init(place: String, message: String, remedy: String) {
            (self.place, self.message, self.remedy) = (place, message, remedy)
        }

        public var description: String { "\(place): \(message); \(remedy)" }
    }

    /// Errors that belong to one order of convergence.
    public struct Group: Sendable {
        /// Empty where the table has no such column.
        public var integrator: String
        public var measure: String
        /// Descending; no two alike.
        public var steps: [Double]
        /// For each step the errors on all paths: in the order of the paths where these are common to all steps.
        public var errors: [[Double]]
        /// Whether each path is there at every step.
        public var hasCommonPaths: Bool
    }

    public var groups: [Group]

    /// More steps belong to no study of convergence.
    static let mostSteps = 64

    public init(groups: [Group]) { self.groups = groups }

    /// - Parameters:
    ///   - errors: One row for each path, one column for each step.
    ///   - steps: h of each column.
    ///   - place: What errors begin with.
    public init(_ errors: [[Double]], steps: [Double], place: String) throws(Problem) {
        guard Set(steps).count == steps.count, steps.allSatisfy({ $0 > 0 && $0.isFinite }),
            steps.count <= Self.mostSteps
        else {
            throw Problem(
                place: place, message: "the steps are not all different and positive",
                remedy: "give one step for each column, such as --steps 0.5,0.25,0.125")
        }
        for (path, row) in errors.enumerated() {
            guard row.count == steps.count else {
                throw Problem(
                    place: place, message: "has \(row.count) columns, and there are \(steps.count) steps",
                    remedy: "give one step for each column, such as --steps 0.5,0.25,0.125")
            }
            if let column = row.firstIndex(where: { !$0.isFinite }) {
                throw Problem(
                    place: "\(place), row \(path), column \(column)", message: "is \(row[column])",
                    remedy: "leave out paths without an error, or say how many diverged beside the table")
            }
        }
        let order = steps.indices.sorted { steps[$0] > steps[$1] }
        groups = [
            Group(
                integrator: "", measure: "", steps: order.map { steps[$0] },
                errors: order.map { k in errors.map { $0[k] } }, hasCommonPaths: true)
        ]
    }
}
