/// Interpolation of a cumulative mass through a few faces of cells, and its derivative, the density.
///
/// Cell masses determine the cumulative mass at faces exactly; every scheme here interpolates that, so mass is kept.
package enum CumulativeInterpolation {
    /// Weights w with f(x) = Σ w_k f(x_k) for polynomials f of degree below the number of nodes (Lagrange).
    package static func weights(nodes: [Double], at x: Double) -> [Double] {
        nodes.indices.map { k in
            nodes.indices.reduce(1) { product, m in
                m == k ? product : product * (x - nodes[m]) / (nodes[k] - nodes[m])
            }
        }
    }

    /// Weights w with f'(x) = Σ w_k f(x_k).
    package static func derivativeWeights(nodes: [Double], at x: Double) -> [Double] {
        nodes.indices.map { k in
            var sum = 0.0
            for left in nodes.indices where left != k {
                var product = 1 / (nodes[k] - nodes[left])
                for m in nodes.indices where m != k && m != left {
                    product *= (x - nodes[m]) / (nodes[k] - nodes[m])
                }
                sum += product
            }
            return sum
        }
    }

    /// What the masses of the cells between the nodes contribute to Σ w_k f(x_k), f the cumulative mass from the first
    /// node: for each cell the weights of the nodes above it.
    package static func cellWeights(_ weights: [Double]) -> [Double] {
        var sums = Array(weights.dropFirst())
        for k in sums.indices.dropLast().reversed() { sums[k] += sums[k + 1] }
        return sums
    }
}
