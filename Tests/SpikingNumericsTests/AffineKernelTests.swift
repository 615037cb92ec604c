import CLanes
import SpikingNumerics
import Testing

/// The kernel that takes many steps of a linear neuron at once, against the formulas that define it.
@Suite("Steps as an affine map", .serialized)
struct AffineKernelTests {
    static let whiteNoise = NeuronModel(drive: 0.02, noiseStrength: 0.1, noiseEntry: .voltage)
    static let rules: [any SpikeRule.Type] = [
        GridConstrained.self, LinearInterpolation.self, QuadraticInterpolation.self,
        HermiteInterpolation.self,
        SoftReset.self, BoundaryCorrected.self, BridgeCrossing.self,
    ]

    static func normals(_ count: Int, stream path: UInt32) -> [Double] {
        var stream = lanes_stream(key: (7, 11), first_path: path, neuron: 0, root_cell: 0)
        var block = [Double](repeating: 0, count: 32)
        var normals: [Double] = []
        while normals.count < count {
            lanes_normals(&stream, UInt64(normals.count), &block)
            normals += block
        }
        return Array(normals[..<count])
    }

    /// What the kernel leaves behind.
    struct Outcome: Equatable {
        var taken = 0
        var state, before: [Double]
        var records: [Double] = []
        var suspects = LaneSet()
    }

    static func kernel(
        _ step: lanes_affine, offset: Double, drive: Double, cells: [Double], count: Int, first: Int,
        stride: Int, start: [Double]
    ) -> Outcome {
        var step = step
        var outcome = Outcome(state: start, before: start)
        outcome.records = .init(repeating: 0, count: 8 * (count / stride + 1))
        let offsets = [Double](repeating: offset, count: 8)
        let drives = [Double](repeating: drive, count: 8)
        outcome.taken = Int(
            lanes_affine_steps(
                &step, offsets, drives, cells, Int32(count), UInt64(first), UInt64(stride), &outcome.state,
                &outcome.before, &outcome.records, &outcome.suspects.bits))
        return outcome
    }

    /// The same in Swift, a lane at a time, fused where the kernel fuses.
    static func loop(
        _ step: lanes_affine, offset: Double, drive: Double, cells: [Double], count: Int, first: Int,
        stride: Int, start: [Double]
    ) -> Outcome {
        var outcome = Outcome(state: start, before: start)
        outcome.records = .init(repeating: 0, count: 8 * (count / stride + 1))
        var recorded = 0
        let (m, i) = (step.voltage, step.current)
        for k in 0..<count {
            let begin = outcome.state
            for lane in 0..<8 {
                let x = (0..<4).map { cells[32 * k + 8 * $0 + lane] }
                var kickV = offset
                for (weight, x) in zip([m.2, m.3, m.4, m.5], x) { kickV.addProduct(weight, x) }
                var kickI = step.current_offset
                for (weight, x) in zip([i.1, i.2, i.3, i.4], x) { kickI.addProduct(weight, x) }
                let (v0, i0) = (begin[lane], begin[8 + lane])
                let v1 = kickV.addingProduct(m.1, i0).addingProduct(m.0, v0)
                let i1 = kickI.addingProduct(i.0, i0)
                let isSuspect =
                    v1 >= step.end_bound
                    || (step.start.1 * i0).addingProduct(step.start.0, v0)
                        >= step.start_bound - step.start.1 * drive
                    || (step.end.1 * i1).addingProduct(step.end.0, v1)
                        >= step.second_bound - step.end.1 * drive
                if isSuspect { outcome.suspects.bits |= 1 << lane }
                outcome.state[lane] = v1
                outcome.state[8 + lane] = i1
            }
            if outcome.suspects != LaneSet() {
                outcome.before = begin
                return outcome
            }
            outcome.taken += 1
            if (first + k + 1) % stride == 0 {
                outcome.records.replaceSubrange(8 * recorded..<8 * (recorded + 1), with: outcome.state[..<8])
                recorded += 1
            }
        }
        return outcome
    }

    @Test(
        "are the plain loop's to the bit, under every instruction set",
        arguments: [LANES_BASELINE, LANES_AVX2, LANES_AVX512])
    func portableBits(_ wanted: Int) throws {
        let widest = lanes_selected()
        defer { lanes_select(widest) }
        lanes_select(Int32(wanted))
        let normals = Self.normals(32 * 200, stream: 0)
        let start = Self.normals(16, stream: 8).map { 0.01 * $0 }
        // Strong noise, which soon makes a spike, and noise too weak for one.
        for (strength, mayStop) in [(1.0, true), (0.05, false)] {
            let cells = normals.map { strength * $0 }
            for model in [NeuronModel(drive: 0.03), Self.whiteNoise] {
                for known in KnownScheme.all {
                    let map = try AffineStep.read(off: known.type.init(model: model, step: 0.25))
                    for rule in Self.rules {
                        let linearTest = rule.init(model: model, step: 0.25).linearTest
                        let test = try #require(linearTest)
                        let step = try #require(lanes_affine(map, test))
                        let found = Self.kernel(
                            step, offset: map.offset[0, 0], drive: 0.01, cells: cells, count: 200, first: 5,
                            stride: 4, start: start)
                        let expected = Self.loop(
                            step, offset: map.offset[0, 0], drive: 0.01, cells: cells, count: 200, first: 5,
                            stride: 4, start: start)
                        #expect(found == expected)
                        #expect((found.taken < 200) == mayStop)
                    }
                }
            }
        }
    }

    /// Behind the last cell comes what makes NaN of everything it is multiplied with, even by 0; and the buffer ends where
    /// the cells end, for a run with AddressSanitizer.
    @Test("read no further than the last cell, whatever a cell has")
    func noFurther() throws {
        for (index, content) in [NoiseContent.increments, .integrals, .propagation, .functionals].enumerated()
        {
            let (count, width) = (3, 8 * (index + 1))
            for model in [NeuronModel(drive: 0.03), Self.whiteNoise] {
                for known in KnownScheme.all where content.contains(known.type.noise) {
                    let map = try AffineStep.read(off: known.type.init(model: model, step: 0.25))
                    let test = try #require(HermiteInterpolation(model: model, step: 0.25).linearTest)
                    guard var step = lanes_affine(map, test, content: content) else { continue }
                    for padding in [0, 32] {
                        var cells = [Double](repeating: 0.01, count: count * width)
                        cells += [Double](repeating: .nan, count: padding)
                        let exact = UnsafeMutableBufferPointer<Double>.allocate(capacity: cells.count)
                        defer { exact.deallocate() }
                        _ = exact.initialize(from: cells)
                        var outcome = Outcome(
                            state: .init(repeating: 0.1, count: 16), before: .init(repeating: 0, count: 16))
                        outcome.records = .init(repeating: 0, count: 8 * count)
                        let offset = [Double](repeating: map.offset[0, 0], count: 8)
                        let drives = [Double](repeating: 0, count: 8)
                        let taken = lanes_affine_steps(
                            &step, offset, drives, exact.baseAddress, Int32(count), 0, 1, &outcome.state,
                            &outcome.before, &outcome.records, &outcome.suspects.bits)
                        #expect(taken == Int32(count))
                        let isClean = outcome.state.allSatisfy { $0.isFinite }
                        #expect(isClean, "\(known.type.name), \(content)")
                    }
                }
            }
        }
    }

    @Test("stop wherever a rule would look for a crossing", arguments: [NeuronModel(), whiteNoise])
    func caution(_ model: NeuronModel) throws {
        let normals = Self.normals(32 * 4000, stream: 16)
        for type in Self.rules where type.refusal(model) == nil {
            let rule = type.init(model: model, step: 0.5)
            let test = try #require(rule.linearTest)
            var suspects = 0
            for k in 0..<4000 {
                let z = (0..<4).map { Lanes(normals[32 * k + 8 * $0..<32 * k + 8 * $0 + 8]) }
                let start = LaneState(voltage: 0.9 + 0.1 * z[0], current: 0.1 * z[1])
                let end = LaneState(voltage: 0.9 + 0.1 * z[2], current: 0.1 * z[3])
                let found =
                    (end.voltage .>= test.endBound)
                    .| (test.start.voltage * start.voltage + test.start.current * start.current
                        .>= test.start.bound)
                    .| (test.end.voltage * end.voltage + test.end.current * end.current .>= test.end.bound)
                let wanted = rule.mayCross(from: start, to: end)
                for lane in 0..<8 where wanted[lane] {
                    #expect(found[lane], "\(type.name)")
                    suspects += 1
                }
            }
            #expect(suspects > 1000)
        }
    }

    @Test("are refused where a step is no such map")
    func nonlinear() {
        let model = NeuronModel(nonlinearity: Nonlinearity(.polynomial(coefficients: [0, -0.1, 0.1])))
        #expect(AffineStep(EulerMaruyama(model: model, step: 0.25)) == nil)
        #expect(AffineStep(Heun(model: model, step: 0.25)) == nil)
    }
}

extension AffineStep {
    /// - Throws: where the scheme is no such map.
    static func read(off scheme: some Scheme) throws -> AffineStep {
        let map = AffineStep(scheme)
        return try #require(map)
    }
}
