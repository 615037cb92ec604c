import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Fokker-Planck operator of I alone, an Ornstein-Uhlenbeck process, on a mesh: fluxes between neighbouring cells.
///
/// The flux -(I/τ_s) p - σ²/2 p' is written -σ²/2 g (p/g)' with the Gaussian g that makes it vanish, so the stationary
/// masses are those of g whatever the mesh, and no mass becomes negative.
///
/// Source: D. L. Scharfetter, H. K. Gummel, IEEE Trans. Electron Devices 16 (1969), doi:10.1109/T-ED.1969.16566;
/// J. S. Chang, G. Cooper, J. Comput. Phys. 6 (1970), doi:10.1016/0021-9991(70)90001-X.
struct SynapticGenerator {
    /// Mass per ms from cell k to k+1, per mass in k.
    let up: [Double]
    /// Mass per ms from cell k+1 to k, per mass in k+1.
    let down: [Double]

    /// - Parameters:
    ///   - timeConstant: τ_s in ms.
    ///   - noiseStrength: σ in V-units/ms^{3/2}.
    init(mesh: PhaseMesh, timeConstant: Double, noiseStrength: Double) {
        let diffusion = noiseStrength * noiseStrength / 2
        let variance = diffusion * timeConstant
        let centers = mesh.currents
        func rate(from k: Int, face: Int, distance: Double) -> Double {
            let (center, edge) = (centers[k], mesh.currentFaces[face])
            let ratio = exp((center * center - edge * edge) / 2 / variance)
            return diffusion * ratio / distance / mesh.currentWidth(k)
        }
        let pairs = centers.indices.dropLast()
        up = pairs.map { rate(from: $0, face: $0 + 1, distance: centers[$0 + 1] - centers[$0]) }
        down = pairs.map { rate(from: $0 + 1, face: $0 + 1, distance: centers[$0 + 1] - centers[$0]) }
    }

    /// e^{t Q}, column by column the masses after t ms.
    ///
    /// - Throws: `GSLError`.
    func propagator(_ time: Double) throws(GSLError) -> Matrix {
        let size = up.count + 1
        var generator = Matrix(rows: size, columns: size)
        for k in up.indices {
            generator[k, k] -= time * up[k]
            generator[k + 1, k] += time * up[k]
            generator[k + 1, k + 1] -= time * down[k]
            generator[k, k + 1] += time * down[k]
        }
        return try generator.exponential()
    }
}
