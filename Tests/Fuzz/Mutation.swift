import Foundation

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ largest: Int) -> Int

/// What libFuzzer calls to change an input: tokens in texts, 64-bit numbers in binary files, and now and then bytes, with
/// one of which wrong a text seldom gets past its syntax.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ largest: Int, _ seed: CUnsignedInt
) -> Int {
    var generator = Generator(state: UInt64(seed))
    let isText = [.study, .edges, .result, .baseline].contains(Reader.chosen)
    let hasText = isText || Reader.chosen == .part || Reader.chosen == .reply
    let choice = generator.next() % 8
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let changed: [UInt8]? =
        if hasText, choice >= (isText ? 1 : 5) {
            TextMutator.changed(bytes, &generator)
        } else if !isText, choice >= 2 {
            NumberMutator.changed(bytes, &generator)
        } else {
            nil
        }
    guard let changed, changed.count <= largest else { return mutateBytes(data, size, largest) }
    changed.withUnsafeBufferPointer { data.update(from: $0.baseAddress!, count: $0.count) }
    return changed.count
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, https://doi.org/10.1145/2660193.2660195).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
