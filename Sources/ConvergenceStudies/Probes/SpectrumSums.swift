import SpikingNumerics

/// Lyapunov spectra of many paths, after each part of the time.
struct SpectrumSums: Sendable {
    private(set) var count = 0
    /// Σ and Σ of squares of each exponent, part by part.
    private(set) var sums: [Double]
    private(set) var squares: [Double]
    private(set) var times: [Double]
    let exponents: Int

    static let parts = 8

    init(exponents: Int) {
        self.exponents = exponents
        sums = .init(repeating: 0, count: Self.parts * exponents)
        squares = sums
        times = .init(repeating: 0, count: Self.parts)
    }

    mutating func add(_ spectrum: LyapunovSpectrum) {
        count += 1
        for (part, point) in spectrum.series.enumerated() {
            times[part] = point.time
            for (k, exponent) in point.exponents.enumerated() {
                sums[part * exponents + k] += exponent
                squares[part * exponents + k] += exponent * exponent
            }
        }
    }

    mutating func fold(_ later: SpectrumSums) {
        guard later.count > 0 else { return }
        count += later.count
        times = later.times
        for k in sums.indices {
            sums[k] += later.sums[k]
            squares[k] += later.squares[k]
        }
    }

    func mean(_ exponent: Int, part: Int = parts - 1) -> Double {
        sums[part * exponents + exponent] / Double(count)
    }

    /// Of that mean.
    func variance(_ exponent: Int, part: Int = parts - 1) -> Double {
        let n = Double(count)
        let mean = mean(exponent, part: part)
        let scatter = squares[part * exponents + exponent] - n * mean * mean
        return count > 1 ? max(0, scatter) / (n * (n - 1)) : .infinity
    }
}

extension SpectrumSums: PathSums {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("count", &count)
        try archive.property("sums", &sums)
        try archive.property("squares", &squares)
        try archive.property("times", &times)
    }
}
