import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Siegert's rate")
struct SiegertRateTests {
    struct Oracle: Decodable {
        var rates: [Point]
        var erfcx: [Value]
    }

    struct Point: Decodable {
        var tau_m, V_th, V_r, mu, sigma, tau_ref: Double
        /// 20 digits, with exponents that may be too low for a `Double`.
        var rate, log_rate: String

        var computed: SiegertRate {
            get throws {
                try SiegertRate(
                    membraneTimeConstant: tau_m, threshold: V_th, reset: V_r, drive: mu,
                    noiseStrength: sigma, refractoryPeriod: tau_ref)
            }
        }
    }

    struct Value: Decodable {
        var x: Double
        var erfcx: String
    }

    let oracle: Oracle

    init() throws {
        oracle = try Oracles.load("siegert.json", as: Oracle.self)
    }

    /// With μ in mV/s and σ in mV/√s, in Hz; V_th = 1 mV unless raised, V_r = 0.
    static func rateInHertz(tau: Double, mu: Double, sigma: Double, threshold: Double = 1) throws -> Double {
        1000
            * (try SiegertRate(
                membraneTimeConstant: tau, threshold: threshold, drive: mu / 1000,
                noiseStrength: sigma / 1000.0.squareRoot())).rate
    }

    @Test("agrees with a calculation of 50 digits over the whole range")
    func oracleRates() throws {
        #expect(oracle.rates.count >= 60)
        // An error of one unit in b² grows to 700 units of the rate near 1e-300.
        var (ratios, logarithms) = (0.0, 0.0)
        for point in oracle.rates {
            let (ours, exact, exactLog) = (try point.computed, Double(point.rate)!, Double(point.log_rate)!)
            logarithms = max(logarithms, abs(ours.logarithm - exactLog) / max(abs(exactLog), 1))
            // Below lies the subnormal range, and then 0.
            if exact >= Double.leastNormalMagnitude {
                ratios = max(ratios, abs(ours.rate / exact - 1))
            } else {
                #expect(ours.rate <= Double.leastNormalMagnitude)
            }
        }
        #expect(ratios < 1e-12)
        #expect(logarithms < 1e-14)
    }

    @Test("has its published values")
    func publishedValues() throws {
        #expect(abs(try Self.rateInHertz(tau: 20, mu: 20, sigma: 3) - 4.3360) < 5e-5)
        #expect(abs(try Self.rateInHertz(tau: 10, mu: 20, sigma: 3) - 0.11214) < 5e-6)
    }

    /// Seen on a grid only, a diffusion crosses a threshold as if it lay 0.5826 σ√h higher, but for terms of
    /// order h. Figures from scipy's quadrature.
    @Test(
        "falls with a raised threshold",
        arguments: [(0.4, 3.592056667260), (0.1, 3.951842733325), (0.025, 4.140812036360)])
    func raisedThreshold(step: Double, expected: Double) throws {
        let threshold = 1 + 0.5826 * 3 * (step / 1000).squareRoot()
        let rate = try Self.rateInHertz(tau: 20, mu: 20, sigma: 3, threshold: threshold)
        #expect(abs(rate - expected) < 1e-11)
    }

    /// The steps of Euler-Maruyama sample, exactly, a neuron with e^{-h/τ'} = 1 - h/τ and somewhat more
    /// noise, which explains most of what is of order h; the rates are those of simulations.
    @Test(
        "with a raised threshold is that of Euler-Maruyama, once its larger variance is counted in",
        arguments: [(0.4, 3.70), (0.1, 3.99), (0.025, 4.15)])
    func eulerMaruyama(step: Double, simulated: Double) throws {
        let tau = -step / log1p(-step / 20)
        let sigma = 3 * (20 / tau / (1 - step / 40)).squareRoot()
        let threshold = 1 + 0.5826 * sigma * (step / 1000).squareRoot()
        let rate = try Self.rateInHertz(tau: tau, mu: 20 * 20 / tau, sigma: sigma, threshold: threshold)
        #expect(abs(rate - simulated) < 0.04)
    }

    @Test("without noise is the deterministic one")
    func deterministic() throws {
        let fires = try SiegertRate(
            membraneTimeConstant: 20, drive: 0.06, noiseStrength: 0, refractoryPeriod: 3)
        #expect(abs(fires.rate * (3 + 20 * log(6)) - 1) < 1e-15)
        for drive in [0.0625, 0.01] {
            let silent = try SiegertRate(membraneTimeConstant: 16, drive: drive, noiseStrength: 0)
            #expect(silent.rate == 0 && silent.logarithm == -.infinity)
        }
    }

    @Test("never exceeds what the refractory period allows, and comes close")
    func refractoryPeriod() throws {
        let rate = try SiegertRate(
            membraneTimeConstant: 20, drive: 1e9, noiseStrength: 0.1, refractoryPeriod: 2
        ).rate
        #expect(rate < 0.5 && rate > 0.499_999)
    }

    @Test("rises with the drive, without a step where one formula gives way to the next")
    func monotone() throws {
        // b passes 8 at μ = 0.0142 and -1 at μ = 0.0545.
        var last = -Double.infinity
        for k in 0...4000 {
            let drive = Double(k) * 2e-5
            let logarithm = try SiegertRate(
                membraneTimeConstant: 20, drive: drive, noiseStrength: 0.02
            ).logarithm
            #expect(logarithm > last)
            last = logarithm
        }
    }

    @Test("does not depend on the units, nor on where V is measured from")
    func scaling() throws {
        func rate(volts: Double, ms: Double, origin: Double) throws -> Double {
            try SiegertRate(
                membraneTimeConstant: 20 * ms, restingPotential: origin, threshold: volts + origin,
                reset: origin - volts, drive: 0.04 * volts / ms,
                noiseStrength: 0.03 * volts / ms.squareRoot(), refractoryPeriod: ms
            ).rate * ms
        }
        let plain = try rate(volts: 1, ms: 1, origin: 0)
        #expect(abs(try rate(volts: 20, ms: 1, origin: -70) / plain - 1) < 1e-12)
        #expect(abs(try rate(volts: 1, ms: 1000, origin: 3) / plain - 1) < 1e-12)
    }

    /// Nothing finite may end in NaN, or in a failure to converge.
    @Test("exists for extreme parameters", arguments: [1e-300, 1e-100, 1e-10, 1, 1e10, 1e100])
    func extremes(noise: Double) throws {
        for drive in [-1e100, -1e3, 0, 0.05, 0.050_000_1, 1, 1e3, 1e100] {
            for reset in [-1e100, -1, 1 - 0x1p-52] {
                let siegert = try SiegertRate(
                    membraneTimeConstant: 20, reset: reset, drive: drive, noiseStrength: noise)
                #expect(siegert.rate >= 0 && !siegert.logarithm.isNaN && !siegert.rate.isNaN)
            }
        }
    }

    @Test("erfcx agrees with 50 digits")
    func erfcx() {
        for value in oracle.erfcx {
            let exact = Double(value.erfcx)!
            #expect(abs(ScaledErrorFunction.erfcx(value.x) / exact - 1) < 4 * Double.ulpOfOne)
        }
        #expect(ScaledErrorFunction.erfcx(.infinity) == 0)
        #expect(ScaledErrorFunction.erfcx(-30) == .infinity)
    }
}
