import SpikingNumerics
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
    /// The known answers published with Random123 (kat_vectors, philox4x32 with 10 rounds).
    static let knownAnswers: [(counter: Philox.Block, key: SIMD2<UInt32>, words: Philox.Block)] = [
        ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        (
            .init(repeating: .max), .init(repeating: .max),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        ),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        ),
    ]

    @Test("gives the published words", arguments: knownAnswers.indices)
    func knownAnswer(_ k: Int) {
        let answer = Self.knownAnswers[k]
        #expect(Philox(key: answer.key).block(answer.counter) == answer.words)
    }

    @Test("seeds and purposes have keys of their own")
    func keys() {
        var keys: Set<SIMD2<UInt32>> = []
        for seed in UInt64(0)..<100 {
            for purpose in [Philox.Purpose.pathNoise, .burnInNoise, .connectivity] {
                keys.insert(Philox(seed: seed, purpose: purpose).key)
            }
        }
        keys.insert(Philox(seed: 1 << 32, purpose: .pathNoise).key)
        #expect(keys.count == 301)
    }
}
