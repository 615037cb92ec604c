/// First and second moments of vectors that have one component per level, or two for ratios.
package struct Moments: Sendable {
    package private(set) var count = 0
    var sum: [Double]
    /// Σ x_i x_j for j ≤ i, by rows.
    var products: [Double]
    /// For each level Σe² and Σe⁴.
    var squares: [Double]
    var fourths: [Double]
    /// For each level the largest |x| of any path, of a ratio's numerator.
    package internal(set) var largest: [Double]

    package init(dimension: Int, levels: Int) {
        sum = .init(repeating: 0, count: dimension)
        products = .init(repeating: 0, count: dimension * (dimension + 1) / 2)
        squares = .init(repeating: 0, count: levels)
        fourths = .init(repeating: 0, count: levels)
        largest = .init(repeating: 0, count: levels)
    }

    /// How many components the vectors have.
    var dimension: Int { sum.count }

    package mutating func add(_ x: [Double], squares pathSquares: [Double]) {
        x.withUnsafeBufferPointer { x in
            pathSquares.withUnsafeBufferPointer { add(x, squares: $0) }
        }
    }

    /// Adds a vector of few components, without squares.
    mutating func add(_ x: some SIMD<Double>) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: x.scalarCount) { numbers in
            for i in x.indices { numbers[i] = x[i] }
            add(UnsafeBufferPointer(numbers), squares: UnsafeBufferPointer(start: nil, count: 0))
        }
    }

    /// Adds vectors somewhere in memory.
    mutating func add(_ x: UnsafeBufferPointer<Double>, squares pathSquares: UnsafeBufferPointer<Double>) {
        count += 1
        sum.withUnsafeMutableBufferPointer { sum in
            for i in x.indices { sum[i] += x[i] }
        }
        products.withUnsafeMutableBufferPointer { products in
            var k = 0
            for i in x.indices {
                for j in 0...i { products[k + j] += x[i] * x[j] }
                k += i + 1
            }
        }
        squares.withUnsafeMutableBufferPointer { squares in
            for level in pathSquares.indices { squares[level] += pathSquares[level] }
        }
        fourths.withUnsafeMutableBufferPointer { fourths in
            for level in pathSquares.indices { fourths[level] += pathSquares[level] * pathSquares[level] }
        }
        guard !pathSquares.isEmpty else { return }
        let perLevel = x.count / pathSquares.count
        largest.withUnsafeMutableBufferPointer { largest in
            for level in pathSquares.indices {
                largest[level] = max(largest[level], abs(x[perLevel * level]))
            }
        }
    }

    package mutating func fold(_ later: Moments) {
        count += later.count
        for i in sum.indices { sum[i] += later.sum[i] }
        for i in products.indices { products[i] += later.products[i] }
        for i in squares.indices {
            squares[i] += later.squares[i]
            fourths[i] += later.fourths[i]
            largest[i] = max(largest[i], later.largest[i])
        }
    }

    package func mean(_ i: Int) -> Double { sum[i] / Double(count) }

    /// E x_i x_j.
    func meanProduct(_ i: Int, _ j: Int) -> Double {
        let (row, column) = (max(i, j), min(i, j))
        return products[row * (row + 1) / 2 + column] / Double(count)
    }

    /// How many of the paths had a 1 where the others have a 0.
    package func hits(_ i: Int) -> Int { sum[i] >= 0 ? Int(min(sum[i], Double(count))) : 0 }

    /// Covariance of the means of components i and j.
    package func covarianceOfMeans(_ i: Int, _ j: Int) -> Double {
        guard count > 1 else { return .infinity }
        let (row, column) = (max(i, j), min(i, j))
        let product = products[row * (row + 1) / 2 + column]
        let n = Double(count)
        let covariance = product - sum[i] * sum[j] / n
        // Where all paths agree only the rounding of n additions is left.
        let rounding = n * Double.ulpOfOne * (abs(product) + abs(sum[i] * sum[j] / n))
        return abs(covariance) <= rounding ? 0 : covariance / (n * (n - 1))
    }

    /// The ratio of the means of two components, with its variance by linearisation; nil where there is nothing to divide
    /// by.
    package func ratio(_ numerator: Int, per denominator: Int) -> (value: Double, variance: Double)? {
        let weight = mean(denominator)
        guard weight > 0 else { return nil }
        let ratio = mean(numerator) / weight
        let variance =
            covarianceOfMeans(numerator, numerator)
            - 2 * ratio * covarianceOfMeans(numerator, denominator)
            + ratio * ratio * covarianceOfMeans(denominator, denominator)
        return (ratio, max(0, variance) / (weight * weight))
    }

    /// (Σe²)²/Σe⁴: how many paths carry the error of a level.
    package func effectiveSample(_ level: Int) -> Double {
        fourths[level] > 0 ? squares[level] * squares[level] / fourths[level] : 0
    }
}

// MARK: Part files

extension Moments: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("count", &count)
        try archive.property("sum", &sum)
        try archive.property("products", &products)
        try archive.property("squares", &squares)
        try archive.property("fourths", &fourths)
        try archive.property("largest", &largest)
    }
}
