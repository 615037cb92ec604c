import ConvergenceStudies
import Testing

@Suite("What a study will cost")
struct StudyCostTests {
    /// A second a path.
    static func cost(threads: Int, paths: Int = 2048) -> StudyCost {
        StudyCost(
            study: "s", secondsPerPath: 1, shares: [], bytes: 0, threads: threads, paths: paths,
            pathsLeft: paths)
    }

    @Test("grows with the paths, and threads help where there are blocks for them")
    func seconds() {
        #expect(Self.cost(threads: 1).seconds == 2048)
        #expect(Self.cost(threads: 2).seconds == 1024)
        // A block is one thread's, however many there are.
        #expect(Self.cost(threads: 8).seconds == 1024)
        #expect(Self.cost(threads: 8, paths: 64).seconds == 64)
        #expect(Self.cost(threads: 8, paths: 64).threads(paths: 64) == 1)
    }

    @Test(
        "the most paths that fit do fit, and eight more do not", arguments: [1, 2, 7], [8.0, 100, 1024, 5000])
    func most(threads: Int, limit: Double) {
        let costs = [Self.cost(threads: threads), Self.cost(threads: 2 * threads)]
        let most = StudyCost.mostPaths(costs, within: limit)
        func total(_ paths: Int) -> Double { costs.reduce(0) { $0 + $1.seconds(paths: paths) } }
        #expect(most % 8 == 0 && (most == 0 || total(most) <= limit) && total(most + 8) > limit)
        var shard = Self.cost(threads: threads)
        shard.share = 0.25
        let alone = StudyCost.mostPaths([Self.cost(threads: threads)], within: limit)
        #expect(StudyCost.mostPaths([shard], within: limit) >= 4 * alone)
    }
}
