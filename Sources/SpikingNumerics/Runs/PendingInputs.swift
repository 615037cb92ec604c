/// What jumps will have done to each neuron by the end of each of its next steps.
///
/// Each neuron that anything comes to has a ring of steps, with a mark at those that have a letter.  In large networks most of
/// the time goes into finding these places in memory, so those of one step lie side by side for all neurons, as the targets of a
/// spike are told of it, and what most jumps are, jumps of I, is kept apart from the rest.
struct PendingInputs {
    /// Added to (V, I) at the end of a step, and to μ from then on.
    struct Effect {
        var voltage, current, drive: Double
        /// The part of `voltage` that comes from a jump of V, and how long before the end of the step it was, in ms.
        var jump = 0.0
        var elapsed = 0.0
        /// What is added to x and y of a receptor; negative for none.
        var receptor = -1
        var receptorCurrent = 0.0
        var receptorRise = 0.0
    }

    /// The sum of effects on eight paths.
    struct Letter {
        var isBlank = true
        var voltage = Lanes.zero
        var current = Lanes.zero
        var other = Other()

        var drive: Lanes { other.drive }
        /// Jumps of V, and how long before the end of the step the first of them was.
        var jump: Lanes { other.jump }
        var elapsed: Lanes { other.elapsed }

        mutating func add(_ effect: Effect, lane: Int) {
            isBlank = false
            voltage[lane] += effect.voltage
            current[lane] += effect.current
            other.add(effect, lane: lane)
        }
    }

    /// What jumps of V and of μ do besides.
    struct Other {
        var drive = Lanes.zero
        var jump = Lanes.zero
        var elapsed = Lanes.zero

        mutating func add(_ effect: Effect, lane: Int) {
            drive[lane] += effect.drive
            jump[lane] += effect.jump
            if effect.jump != 0 { elapsed[lane] = max(elapsed[lane], effect.elapsed) }
        }
    }

    /// The ring of each neuron; negative for those that nothing ever comes to.
    private let rings: UnsafeMutablePointer<Int>
    private let ringCount: Int
    /// Whether any jump is one of V or μ.
    let hasOther: Bool
    /// How many receptors there are, and their lanes of a neuron; see ``ReceptorStates``.
    private let receptorCount: Int
    private let receptorWidth: Int
    /// The first step of each ring that has not been taken yet, counted from time 0.
    private let openSteps: UnsafeMutablePointer<Int>
    /// How many steps a ring has room for: a power of two, and a multiple of 64.
    private var capacity = 0
    private static let leastCapacity = 64

    /// How many steps from the beginning of a window on have a place; what is to come later waits elsewhere.
    static func stepsAhead(window steps: Int) -> Int { max(leastCapacity, 2 * steps) }

    /// A bit for each ring and step.
    private var marks: UnsafeMutablePointer<UInt64>
    /// V and I for each step and ring; zero without a mark.
    private var sums: UnsafeMutablePointer<(voltage: Lanes, current: Lanes)>
    private var others: UnsafeMutablePointer<Other>
    /// Those of receptors.
    private var receptorSums: UnsafeMutablePointer<Lanes>

    init(_ problem: Problem) {
        var hasRing = problem.network.receivesInput
        for input in problem.inputs { for neuron in input.neurons { hasRing[neuron] = true } }
        rings = .allocate(capacity: hasRing.count)
        var count = 0
        for (neuron, hasRing) in hasRing.enumerated() {
            (rings + neuron).initialize(to: hasRing ? count : -1)
            count += hasRing ? 1 : 0
        }
        ringCount = count
        hasOther = problem.network.hasOtherJumps || problem.inputs.contains { $0.jump.isOfVoltageOrDrive }
        (receptorCount, receptorWidth) = (problem.receptorCount, problem.receptorWidth)
        openSteps = .allocate(capacity: ringCount)
        openSteps.initialize(repeating: 0, count: ringCount)
        (marks, sums, others) = (.allocate(capacity: 0), .allocate(capacity: 0), .allocate(capacity: 0))
        receptorSums = .allocate(capacity: 0)
    }

    func deallocate() {
        rings.deallocate()
        openSteps.deallocate()
        deallocateRings()
    }

    /// Bytes of the rings where jumps come up to so many steps ahead.
    func bytes(stepsAhead: Int) -> Int {
        let room = max(Self.leastCapacity, 1 << (Int.bitWidth - (stepsAhead - 1).leadingZeroBitCount))
        let bytes =
            MemoryLayout<(Lanes, Lanes)>.stride + (hasOther ? MemoryLayout<Other>.stride : 0)
            + receptorWidth * MemoryLayout<Lanes>.stride
        return ringCount * room * bytes
    }

    private func deallocateRings() {
        marks.deallocate()
        sums.deallocate()
        others.deallocate()
        receptorSums.deallocate()
    }

    /// Whether anything may ever come to a neuron.
    func reaches(_ neuron: Int) -> Bool { rings[neuron] >= 0 }

    /// Forgets all letters and begins at time 0.
    mutating func clear() {
        openSteps.update(repeating: 0, count: ringCount)
        blank()
    }

    private func blank() {
        let count = ringCount * capacity
        marks.initialize(repeating: 0, count: count / 64)
        sums.initialize(repeating: (.zero, .zero), count: count)
        if hasOther { others.initialize(repeating: Other(), count: count) }
        receptorSums.initialize(repeating: .zero, count: receptorWidth * count)
    }

    /// The first step of a neuron that has not been taken yet; 0 where nothing ever comes.
    func openStep(_ neuron: Int) -> Int { reaches(neuron) ? openSteps[rings[neuron]] : 0 }

    /// The neuron has taken the steps before this one.
    func close(_ neuron: Int, before step: Int) {
        if reaches(neuron) { openSteps[rings[neuron]] = step }
    }

    /// - Precondition: something comes to the neuron, and the step is open.
    mutating func add(_ effect: Effect, neuron: Int, lane: Int, step: Int) {
        let ring = rings[neuron]
        precondition(step >= openSteps[ring], "a step that has been taken")
        while step - openSteps[ring] >= capacity { grow() }
        let (mark, place) = (mark(ring, step), place(ring, step))
        marks[mark / 64] |= 1 << (mark % 64)
        sums[place].voltage[lane] += effect.voltage
        sums[place].current[lane] += effect.current
        if hasOther { others[place].add(effect, lane: lane) }
        if effect.receptor >= 0 { add(effect, to: receptorSums + receptorWidth * place, lane: lane) }
    }

    /// Adds what an effect does to a receptor to a neuron's lanes.
    func add(_ effect: Effect, to receptors: UnsafeMutablePointer<Lanes>, lane: Int) {
        receptors[effect.receptor][lane] += effect.receptorCurrent
        guard effect.receptorRise != 0 else { return }
        receptors[receptorCount + effect.receptor][lane] += effect.receptorRise
    }

    private func mark(_ ring: Int, _ step: Int) -> Int { ring * capacity + step & (capacity - 1) }

    private func place(_ ring: Int, _ step: Int) -> Int { (step & (capacity - 1)) * ringCount + ring }

    /// The first step from `first` on, and within so many, for which there is a letter; nil where there is none.
    func nextStep(_ neuron: Int, from first: Int, within count: Int) -> Int? {
        guard reaches(neuron), capacity > 0 else { return nil }
        let ring = rings[neuron]
        let end = first + min(count, capacity)
        var step = first
        while step < end {
            let mark = mark(ring, step)
            let rest = marks[mark / 64] >> (mark % 64)
            if rest != 0 {
                step += rest.trailingZeroBitCount
                return step < end ? step : nil
            }
            step += 64 - mark % 64
        }
        return nil
    }

    /// Adds what comes to receptors in a step to the neuron's, before its letter is moved.
    func moveReceptors(to receptors: UnsafeMutablePointer<Lanes>, of neuron: Int, step: Int) {
        guard reaches(neuron), capacity > 0 else { return }
        let mark = mark(rings[neuron], step)
        guard marks[mark / 64] & 1 << (mark % 64) != 0 else { return }
        let sums = receptorSums + receptorWidth * place(rings[neuron], step)
        for k in 0..<receptorWidth {
            receptors[k] += sums[k]
            sums[k] = .zero
        }
    }

    /// Moves the letter for a step, or a blank one where there is none, to its neuron, and closes the step.
    @inline(__always)
    func move(to letter: UnsafeMutablePointer<Letter>, of neuron: Int, step: Int) {
        if !letter.pointee.isBlank { letter.pointee = Letter() }
        guard reaches(neuron) else { return }
        let ring = rings[neuron]
        openSteps[ring] = step + 1
        guard capacity > 0 else { return }
        let mark = mark(ring, step)
        let bit: UInt64 = 1 << (mark % 64)
        guard marks[mark / 64] & bit != 0 else { return }
        marks[mark / 64] &= ~bit
        let place = place(ring, step)
        letter.pointee.isBlank = false
        (letter.pointee.voltage, letter.pointee.current) = sums[place]
        sums[place] = (.zero, .zero)
        guard hasOther else { return }
        letter.pointee.other = others[place]
        others[place] = Other()
    }

    /// Doubles the room of all rings.
    private mutating func grow() {
        let old = self
        capacity = max(Self.leastCapacity, 2 * capacity)
        let count = ringCount * capacity
        (marks, sums) = (.allocate(capacity: count / 64), .allocate(capacity: count))
        others = .allocate(capacity: hasOther ? count : 0)
        receptorSums = .allocate(capacity: receptorWidth * count)
        blank()
        for ring in 0..<ringCount {
            for step in openSteps[ring]..<openSteps[ring] + old.capacity {
                let oldMark = old.mark(ring, step)
                guard old.marks[oldMark / 64] & 1 << (oldMark % 64) != 0 else { continue }
                let (from, to, mark) = (old.place(ring, step), place(ring, step), mark(ring, step))
                marks[mark / 64] |= 1 << (mark % 64)
                sums[to] = old.sums[from]
                if hasOther { others[to] = old.others[from] }
                for k in 0..<receptorWidth {
                    receptorSums[receptorWidth * to + k] = old.receptorSums[receptorWidth * from + k]
                }
            }
        }
        old.deallocateRings()
    }
}
