import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Cells in the plane of V and I for the law of one neuron.
///
/// The threshold and the reset are faces in V.  Cells are narrowest where the density is least smooth: at the threshold
/// and, in I, where the crossing speed is zero.  There the density is a function of A/x^{1/3}, x the distance to the
/// threshold, so widths in V fall like a square and a cube of it has even steps.
package struct PhaseMesh: Sendable {
    /// Ascending, V-units; the last is the threshold.
    package let voltageFaces: [Double]
    /// The place of the reset among them.
    package let resetFace: Int
    /// Ascending, V-units/ms.
    package let currentFaces: [Double]
    /// Middles of the cells in I.
    package let currents: [Double]

    /// How many standard deviations of free V and I the mesh spans to either side; beyond lies 1e-9 of the mass.
    private static let span = 6.2
    /// The share of an even spacing in V, which keeps the narrowest cell from vanishing.
    private static let evenShare = 0.001
    /// The distance from A = 0, in standard deviations of I, below which cells are evenly narrow.
    private static let evenCurrents = 0.1

    /// - Parameter resolution: Cells between reset and threshold; as many lie across all of I.
    /// - Throws: `FokkerPlanckError`.
    package init(model: NeuronModel, resolution: Int) throws(FokkerPlanckError) {
        guard model.refractoryPeriod == 0 else { throw .refractoryPeriod }
        guard model.noiseStrength > 0 else { throw .noNoise }
        let tau = model.membraneTimeConstant
        let deviation = model.noiseStrength * (model.synapticTimeConstant / 2).squareRoot()
        let tangential = (model.threshold - model.restingPotential) / tau - model.drive
        guard tangential < Self.span * deviation else { throw .silent }

        currentFaces = Self.currentFaces(deviation: deviation, narrowest: tangential, cells: resolution)
        currents = zip(currentFaces, currentFaces.dropFirst()).map { ($0 + $1) / 2 }

        let upper = (0...resolution).map { k in
            let depth = 1 - Double(k) / Double(resolution)
            return model.threshold
                - model.resetHeight * depth * (Self.evenShare + (1 - Self.evenShare) * depth * depth)
        }
        // Below the reset as wide as above it, and wider beyond a reset's height.
        let width = (upper[1] - upper[0]) / model.resetHeight
        let depth = asinh((model.reset - Self.lowestVoltage(model)) / model.resetHeight)
        let lower = (1...Int((depth / width).rounded(.up)) + 4).reversed().map { k in
            model.reset - model.resetHeight * sinh(Double(k) * width)
        }
        resetFace = lower.count
        voltageFaces = lower + [model.reset] + upper[1...]
    }

    /// How far down V gets, free or after a reset.
    ///
    /// After the reset the mean of V goes a share y = 1 - e^{-t/τ_m} of the way to V_∞, and its standard deviation is at
    /// most y τ_m sd(I), and at most that of free V; the lowest of such points has y = 0, y = 1, or the two bounds equal.
    private static func lowestVoltage(_ model: NeuronModel) -> Double {
        let (tau, synaptic) = (model.membraneTimeConstant, model.synapticTimeConstant)
        let share = (synaptic / (synaptic + tau)).squareRoot()
        let deviation = model.noiseStrength * (synaptic / 2).squareRoot() * tau * share
        let farthest = model.asymptoticPotential - span * deviation
        let onTheWay = model.reset + share * (model.asymptoticPotential - model.reset) - span * deviation
        return min(model.reset, farthest, onTheWay)
    }

    /// Evenly spaced in u, I = I* + b sinh u, where b is the distance below which that is even in I, too.
    private static func currentFaces(deviation: Double, narrowest: Double, cells: Int) -> [Double] {
        let reach = span * deviation
        guard narrowest > -reach else {
            return (0...cells).map { reach * (2 * Double($0) / Double(cells) - 1) }
        }
        let even = evenCurrents * deviation
        let (low, high) = (asinh((reach + narrowest) / even), asinh((reach - narrowest) / even))
        let width = (low + high) / Double(cells)
        let (before, after) = (Int((low / width).rounded(.up)), Int((high / width).rounded(.up)))
        return (-before...after).map { narrowest + even * sinh(Double($0) * width) }
    }

    /// Cells in V.
    package var rows: Int { voltageFaces.count - 1 }
    /// Cells in I.
    package var columns: Int { currents.count }
    package var cellCount: Int { rows * columns }

    /// The place of a cell: V runs fastest.
    package func index(row: Int, column: Int) -> Int { column * rows + row }

    package func voltageWidth(_ row: Int) -> Double { voltageFaces[row + 1] - voltageFaces[row] }
    package func currentWidth(_ column: Int) -> Double { currentFaces[column + 1] - currentFaces[column] }
}

/// Why there is no stationary density to be had.
public enum FokkerPlanckError: Error, CustomStringConvertible {
    case refractoryPeriod
    case noNoise
    case silent
    case leap(step: Double)
    case notConverged(step: Double)
    case solver(GSLError)

    public var description: String {
        switch self {
        case .refractoryPeriod:
            "the Fokker-Planck equation is solved without a refractory period (t_ref) only"
        case .noNoise: "without noise (sigma = 0) there is no stationary density"
        case .silent: "the neuron is silent: its threshold lies beyond 6 standard deviations of I"
        case .leap(let step): "a step of \(step) ms leads from the reset past the threshold at once"
        case .notConverged(let step): "no stationary density found for steps of \(step) ms"
        case .solver(let error): "\(error)"
        }
    }
}
