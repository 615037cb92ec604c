import ConvergenceStudies
import Testing

@Suite("The judge")
struct JudgeTests {
    /// A number so many standard errors above the upper end of its tolerance.
    static func exhibit(_ excess: Double) -> Judge.Exhibit {
        (.student(value: 1 + excess, standardError: 1, freedom: 1e9), Region(low: -100, high: 1))
    }

    static func judge(_ checks: Int, _ falseAlarm: Double, studies: Int = 1, maximum: Int = 1024) -> Judge {
        Judge(
            checks: checks, falseAlarm: falseAlarm, studies: studies, confidence: 0.95, maximumPaths: maximum)
    }

    @Test("Holm's method, by hand")
    func holm() {
        let adjusted = Holm.adjusted([0.01, nil, 0.04, 0.03, 0.005])
        #expect(adjusted == [0.04, nil, 0.09, 0.09, 0.025])
        #expect(Holm.adjusted([0.9, 0.8]) == [1, 1])
    }

    @Test("an expectation passes, fails or stays open")
    func threeWays() {
        var judge = Self.judge(4, 1e-6)
        judge.look(paths: 1024, [Self.exhibit(-1.97), Self.exhibit(-1.95), Self.exhibit(6), Self.exhibit(4)])
        #expect(judge.rulings.map(\.verdict) == [.pass, .inconclusive, .fail, .inconclusive])
        #expect(!judge.isDecided && judge.rulings[0].decidedAt == 1024 && judge.rulings[1].decidedAt == nil)
    }

    /// 5 standard errors have a probability of 2.87e-7: enough for one check of one study, not for four.
    @Test("the budget is shared by checks and by studies")
    func sharing() {
        var alone = Self.judge(1, 1e-6)
        alone.look(paths: 1024, [Self.exhibit(5)])
        #expect(alone.rulings[0].verdict == .fail)
        var beside = Self.judge(4, 1e-6)
        beside.look(
            paths: 1024, [Self.exhibit(5)] + .init(repeating: (nil, Region(low: 0, high: 1)), count: 3))
        #expect(beside.rulings[0].verdict == .inconclusive)
        var shared = Self.judge(1, 1e-6, studies: 4)
        shared.look(paths: 1024, [Self.exhibit(5)])
        #expect(shared.rulings[0].verdict == .inconclusive)
        #expect(abs(shared.rulings[0].adjustedProbability! / (4 * 2.8665e-7) - 1) < 1e-3)
    }

    @Test("looks spend in proportion to the paths, and no more than all")
    func spending() {
        var judge = Self.judge(1, 1e-2, maximum: 4096)
        // One-sided 1 % and a quarter of it: 2.33 and 2.81 standard errors.
        judge.look(paths: 1024, [Self.exhibit(2.5)])
        #expect(judge.rulings[0].verdict == .inconclusive)
        judge.look(paths: 2048, [Self.exhibit(2.5)])
        judge.look(paths: 4096, [Self.exhibit(2.5)])
        #expect(
            judge.rulings[0].verdict == .inconclusive && judge.budget.looks.map(\.spent) == [0.25, 0.5, 1])
        var last = Self.judge(1, 1e-2, maximum: 4096)
        last.look(paths: 4096, [Self.exhibit(2.5)])
        #expect(last.rulings[0].verdict == .fail && last.budget.spent == 0.01)
    }

    @Test("a pass stands unless later paths refute it")
    func passes() {
        var judge = Self.judge(1, 1e-6, maximum: 4096)
        judge.look(paths: 1024, [Self.exhibit(-4)])
        judge.look(paths: 2048, [Self.exhibit(-0.5)])
        #expect(judge.rulings[0].verdict == .pass && judge.rulings[0].decidedAt == 1024)
        judge.look(paths: 4096, [Self.exhibit(7)])
        #expect(judge.rulings[0].verdict == .fail && judge.rulings[0].decidedAt == 4096)
    }

    @Test("the looks double, in whole blocks, up to the most paths")
    func looks() {
        #expect(Looks.doubling(from: 1000, to: 5000, block: 1024) == [1024, 2048, 4096, 5000])
        #expect(Looks.doubling(from: 4096, to: 4096, block: 1024) == [4096])
    }

    /// 1 % one-sided and 90 %: 2.326 + 1.282 standard errors.
    @Test("a detectable difference is a rejected one with room for chance")
    func detectable() throws {
        var judge = Self.judge(1, 1e-2)
        judge.look(paths: 1024, [Self.exhibit(0)])
        let fine = try #require(judge.detectable(Self.exhibit(0).evidence!))
        #expect(abs(fine - 3.608) < 2e-3)
        let coarse = try #require(
            judge.detectable(.student(value: 0, standardError: 1, freedom: 1e9, grain: Grain(above: 0.5))))
        // An estimate 1.282 standard errors nearer, whose variance is larger by two grains of that, is just rejected.
        let unlucky = 1.2815516
        let estimate = Evidence.student(
            value: unlucky, standardError: (1 + 2 * 0.5 * unlucky).squareRoot(), freedom: 1e9,
            grain: Grain(above: 0.5))
        let probability = estimate.probability(ofStayingIn: Region(low: coarse, high: .infinity))
        #expect(coarse > fine && abs(probability / 1e-2 - 1) < 1e-4, "\(probability)")
    }
}
