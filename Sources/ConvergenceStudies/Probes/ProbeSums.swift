/// A probe together with its sums, whatever their type.
protocol AnyProbeSums: Archived, Sendable {
    var needsTwins: Bool { get }
    mutating func add(_ path: SampledPath)
    /// - Precondition: `later` is of the same probe.
    mutating func fold(_ later: any AnyProbeSums)
    func scalars(participant: Int, case: Int, _ results: ResultBuilder) -> [Scalar]
    func scalars(participant: Int, _ results: ResultBuilder) -> [Scalar]
    func scalars(_ results: ResultBuilder) -> [Scalar]
    func valuesLeavingOut(participant: Int, case: Int) -> [String: [Double]]
    func curves(_ results: ResultBuilder) -> [Curve]
    func distributions(_ results: ResultBuilder) -> [Distribution]
}

struct ProbeSums<Kind: PathProbe>: AnyProbeSums {
    let probe: Kind
    private var sums: Kind.Sums

    init(_ probe: Kind) { (self.probe, sums) = (probe, probe.blank) }

    var needsTwins: Bool { probe.needsTwins }

    mutating func add(_ path: SampledPath) { probe.add(path, to: &sums) }

    mutating func fold(_ later: any AnyProbeSums) {
        guard let later = later as? Self else { preconditionFailure("sums of different probes") }
        sums.fold(later.sums)
    }

    func scalars(participant: Int, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        probe.scalars(sums, participant: participant, case: c, results)
    }

    func scalars(participant: Int, _ results: ResultBuilder) -> [Scalar] {
        probe.scalars(sums, participant: participant, results)
    }

    func scalars(_ results: ResultBuilder) -> [Scalar] { probe.scalars(sums, results) }
    func valuesLeavingOut(participant: Int, case c: Int) -> [String: [Double]] {
        probe.valuesLeavingOut(sums, participant: participant, case: c)
    }

    func curves(_ results: ResultBuilder) -> [Curve] { probe.curves(sums, results) }
    func distributions(_ results: ResultBuilder) -> [Distribution] { probe.distributions(sums, results) }

    mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("sums", &sums)
    }
}

extension PathProbe {
    var emptySums: any AnyProbeSums { ProbeSums(self) }
}
