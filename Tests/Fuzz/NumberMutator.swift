/// Changes 64-bit numbers of a binary file to troublesome ones.
enum NumberMutator {
    private static let numbers: [UInt64] =
        [0, 1, 2, .max, 1 << 20, 1 << 40, 1 << 53, 1 << 62, 1 << 63]
        + [
            1, -1, 0.5, -0.0, .nan, .signalingNaN, .infinity, -.infinity, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e-300, 1e16,
        ].map(\Double.bitPattern)

    /// Numbers stand at multiples of 8 bytes before the end; so they do in all formats that are read.
    static func changed(_ bytes: [UInt8], _ generator: inout Generator) -> [UInt8]? {
        guard bytes.count >= 8 else { return nil }
        var changed = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let places = bytes.count / 8
            let start = bytes.count - 8 * Int.random(in: 1...places, using: &generator)
            let number = numbers.randomElement(using: &generator)!
            withUnsafeBytes(of: number.littleEndian) { changed.replaceSubrange(start..<start + 8, with: $0) }
        }
        return changed
    }
}
