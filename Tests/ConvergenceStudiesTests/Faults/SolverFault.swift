/// A mistake in a solver.
struct SolverFault: Sendable, CustomStringConvertible {
    let name: String
    /// What is wrong, in plain words.
    let words: String
    /// The integrator in whose place the faulty solver stands, and by whose expectations it is judged.
    var integrator = "euler-maruyama"
    /// Why the variant is as right as the original; nil for a fault.
    var equivalence: String?
    let rules: SolverRules

    var solver: SwiftSolver { SwiftSolver(rules: rules) }
    var description: String { name }

    init(_ name: String, _ words: String, _ inject: (inout SolverRules) -> Void) {
        (self.name, self.words) = (name, words)
        var rules = SolverRules()
        inject(&rules)
        self.rules = rules
    }

    /// A fault of a solver that locates spikes inside steps.
    static func located(_ name: String, _ words: String, _ inject: (inout SolverRules) -> Void) -> SolverFault
    {
        var fault = SolverFault(
            name, words,
            { rules in
                rules = .located
                inject(&rules)
            })
        fault.integrator = "euler-maruyama+linear"
        return fault
    }

    static func equivalent(
        _ name: String, _ words: String, because reason: String, _ inject: (inout SolverRules) -> Void
    ) -> SolverFault {
        var fault = SolverFault(name, words, inject)
        fault.equivalence = reason
        return fault
    }

    static let all = parameters + noise + spikes + synapses + states + equivalent
    static subscript(_ name: String) -> SolverFault { all.first { $0.name == name }! }
}
