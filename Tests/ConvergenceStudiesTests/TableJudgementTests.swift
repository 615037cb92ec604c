import ConvergenceStudies
import Foundation
import Testing

/// Anybody's errors, with truths known in closed form.
@Suite("Judging tables of errors")
struct TableJudgementTests {
    static func problem(_ csv: String, measure: TableJudgement.Measure = .rms, independent: Bool = false)
        -> String
    {
        do {
            for group in try ErrorTable(csv: csv, place: "t.csv").groups {
                _ = try TableJudgement(group, measure: measure, isIndependent: independent)
            }
            return ""
        } catch { return "\(error)" }
    }

    @Test("an exact power law has its order, whatever the order of lines and columns")
    func powerLaw() throws {
        var lines = ["h,error,path,integrator"]
        for (path, size) in (0..<64).map({ [1.0, -2, 3, 1][$0 % 4] }).enumerated() {
            for h in [0.125, 0.5, 0.25] {
                lines.append("\(h),\(size * h),\(path),one")
                lines.append("\(h),\(size * h * h),\(path),\"two\"")
            }
        }
        let table = try ErrorTable(csv: lines.joined(separator: "\r\n"), place: "t.csv")
        #expect(table.groups.map(\.integrator) == ["one", "two"])
        for (group, order) in zip(table.groups, [1.0, 2]) {
            let found = try TableJudgement(group, measure: .rms, isIndependent: false)
            #expect(found.levels.map(\.h) == [0.5, 0.25, 0.125] && abs((found.order ?? 0) - order) < 1e-9)
            let rms = (15.0 / 4).squareRoot() * pow(0.5, order)
            #expect(abs((found.levels[0].value ?? 0) - rms) < 1e-12 && found.verdict == .none)
        }
    }

    @Test(
        "what is wrong is said with line, and what to do",
        arguments: [
            ("", "is empty"), ("path,h\n1,1", "no column error"), ("path,h,eror\n1,1,1", "error"),
            ("path,h,error\n1,1", "t.csv:2: has 2 fields"), ("path,h,error\n1,-1,1", "t.csv:2: h is \"-1\""),
            ("path,h,error\n1,1,nan", "t.csv:2: the error"), ("path,h,error\n,1,1", "names no path"),
            ("path,h,error\n1,1,1\n1,1,2", "t.csv:3: path 1 has an error"),
            ("path,h,error\n1,1,1\n2,1,1\n1,0.5,1\n2,0.5,2\n3,0.5,1", "--independent"),
            ("path,h,error\n1,1,1\n1,0.5,1", "two or more"), ("path,h,error", "has no errors"),
        ])
    func refusals(_ csv: String, _ part: String) {
        #expect(Self.problem(csv).contains(part), "\(Self.problem(csv))")
    }

    @Test("probabilities are of zeros and ones, with Clopper and Pearson's interval")
    func probability() throws {
        #expect(
            Self.problem("path,h,error\n1,1,0.5\n2,1,1", measure: .probability).contains("neither 0 nor 1"))
        let errors = (0..<1000).map { [$0 < 400 ? 1.0 : 0, $0 < 200 ? 1.0 : 0] }
        let group = try ErrorTable(errors, steps: [0.5, 0.25], place: "t").groups[0]
        let found = try TableJudgement(group, measure: .probability, isIndependent: false)
        #expect(abs(try #require(found.order) - 1) < 1e-9)
        // By bisection of the binomial sums, in Python.
        let (low, high) = (try #require(found.levels[0].low), try #require(found.levels[0].high))
        #expect(abs(low - 0.3694690) < 1e-6 && abs(high - 0.4311216) < 1e-6)
    }

    @Test("errors of any size have the same order", arguments: [1e-300, 1e-160, 1, 1e160, 1e300])
    func sizes(_ size: Double) throws {
        let errors = (0..<64).map { path in [0.5, 0.25].map { size * $0 * (1 + 0.1 * Double(path % 5)) } }
        let group = try ErrorTable(errors, steps: [0.5, 0.25], place: "t").groups[0]
        for measure in [TableJudgement.Measure.rms, .mean] {
            let found = try TableJudgement(group, measure: measure, isIndependent: false)
            #expect(abs(try #require(found.order) - 1) < 1e-9)
            let ratio = try #require(found.levels[0].value) / size
            #expect(ratio > 0.5 && ratio < 0.7)
        }
    }

    @Test("zeros alone have no bound, unless one is given")
    func zeros() throws {
        let group = try ErrorTable([[0, 0], [0, 0], [0, 0]], steps: [0.5, 0.25], place: "t").groups[0]
        let unknown = try TableJudgement(group, measure: .rms, isIndependent: false)
        #expect(unknown.levels.allSatisfy { !$0.resolved && $0.upperBound == nil } && unknown.order == nil)
        let known = try TableJudgement(group, measure: .rms, isIndependent: false, largest: 1)
        // 1 - (1 - p)³ = .975
        let bound = (1 - pow(0.025, 1 / 3.0)).squareRoot()
        #expect(abs(try #require(known.levels[0].upperBound) - bound) < 1e-9)
    }

    @Test("an order is passed, failed, or left open")
    func verdicts() throws {
        var table = SyntheticErrors(kind: .gaussian, seed: 1)
        let group = try table.group(paths: 400)
        func verdict(_ order: Double, _ tolerance: Double) throws -> Verdict {
            try TableJudgement(
                group, measure: .rms, isIndependent: false,
                expected: .init(order: order, tolerance: tolerance)
            ).verdict
        }
        #expect(
            try verdict(0.5, 0.2) == .pass && verdict(1, 0.2) == .fail && verdict(0.5, 0.001) == .inconclusive
        )
    }

    /// A true interval misses in 5 % of tables; 200 tables show 10 % of misses with a probability of 99 %, and one of 5 % is not
    /// called wrong but with one of 1e-3.
    @Test("intervals and orders cover", arguments: SyntheticErrors.Kind.allCases)
    func coverage(_ kind: SyntheticErrors.Kind) throws {
        let slow = ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"
        let tables = slow ? 2000 : 200
        for paths in slow ? [256, 1024, 4096] : [1024] {
            var counts = SyntheticErrors.Coverage()
            var errors = SyntheticErrors(kind: kind, seed: UInt64(paths))
            for _ in 0..<tables { try counts.add(errors, errors.group(paths: paths)) }
            print(
                kind, "paths", paths, "levels \(counts.levels) of which resolved \(counts.resolved): covered",
                counts.coveredShare, "bounds", counts.boundShare, "both", counts.printedShare, "orders",
                counts.orders, counts.orderShare)
            let least = slow ? 0.94 : 0.9
            #expect(counts.resolved == 0 || counts.coveredShare >= least)
            #expect(counts.orders < 100 || counts.orderShare >= least)
            // Not the bounds alone: a level that has few events by chance has a bound instead of an interval, and of such levels more
            // than 5 % are bounded too low, however small a part of all levels that is.
            #expect(counts.printedShare >= least)
        }
    }
}

/// Errors whose root mean square is known, and falls like √h, on common paths.
struct SyntheticErrors {
    enum Kind: CaseIterable {
        case gaussian
        /// e^{N(0, 1/2)} times a sign.
        case logNormal
        /// Of size 1 on a part of the paths that falls like h, beside small ones.
        case rareEvents
    }

    struct Coverage {
        var levels = 0
        var resolved = 0
        var covered = 0
        var bounded = 0
        var orders = 0
        var coveredOrders = 0

        var coveredShare: Double { Double(covered) / Double(max(1, resolved)) }
        var boundShare: Double { Double(bounded) / Double(max(1, levels - resolved)) }
        /// Of all intervals and bounds.
        var printedShare: Double { Double(covered + bounded) / Double(levels) }
        var orderShare: Double { Double(coveredOrders) / Double(max(1, orders)) }

        mutating func add(_ errors: SyntheticErrors, _ group: ErrorTable.Group) throws {
            let found = try TableJudgement(
                group, measure: .rms, isIndependent: false, largest: errors.kind == .rareEvents ? 1 : nil)
            for level in found.levels {
                levels += 1
                let truth = errors.truth(level.h)
                if level.resolved {
                    resolved += 1
                    if let low = level.low, let high = level.high, low <= truth, truth <= high {
                        covered += 1
                    }
                } else if level.upperBound.map({ $0 >= truth }) ?? true {
                    bounded += 1
                }
            }
            if found.order != nil {
                orders += 1
                if let low = found.low, let high = found.high, low <= 0.5, 0.5 <= high { coveredOrders += 1 }
            }
        }
    }

    static let steps = [0.5, 0.25, 0.125, 0.0625]
    let kind: Kind
    private var generator: SystemIndependentNormals

    init(kind: Kind, seed: UInt64) { (self.kind, generator) = (kind, SystemIndependentNormals(seed: seed)) }

    func truth(_ h: Double) -> Double {
        switch kind {
        case .gaussian: h.squareRoot()
        // E e^{2X} = e^{2 · 1/2 ... } with X ~ N(0, 1/4): e^{1/2}.
        case .logNormal: (h * exp(0.5)).squareRoot()
        case .rareEvents: (0.5 * h).squareRoot()
        }
    }

    mutating func group(paths: Int) throws -> ErrorTable.Group {
        let rows = (0..<paths).map { _ in row() }
        return try ErrorTable(rows, steps: Self.steps, place: "synthetic").groups[0]
    }

    /// Common to all steps is a half of the variance, as on common paths.
    private mutating func row() -> [Double] {
        let (common, uniform) = (generator.normal(), generator.uniform())
        return Self.steps.map { h in
            let own = 0.5.squareRoot() * (common + generator.normal())
            switch kind {
            case .gaussian: return h.squareRoot() * own
            case .logNormal: return h.squareRoot() * exp(0.5 * own) * (generator.uniform() < 0.5 ? -1 : 1)
            case .rareEvents: return uniform < 0.5 * h ? 1 : 0
            }
        }
    }
}

/// Box and Muller's normals from SplitMix64.
struct SystemIndependentNormals {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    mutating func uniform() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
    }

    mutating func normal() -> Double {
        (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
    }
}
